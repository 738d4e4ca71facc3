package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.Objects;

/** Makes the report of the month before on a schedule, one run at a time; nothing idles in between. */
final class MonthlyReportJob extends OwnedObject<CronJob> {

    private static final String PART = "report";
    private static final int KEPT_RUNS = 3;
    private static final int REPETITIONS = 3;

    /** How late a run may start, in seconds. */
    private static final long STARTS_WITHIN = 3600;

    /** All attempts of a run together, in seconds; the servers give up one of them after an hour. */
    private static final long ENDS_WITHIN = 4 * 3600;

    MonthlyReportJob() {
        super(CronJob.class, backend -> backend + "-" + PART);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return spec.reports().monthly() != null;
    }

    @Override
    CronJob render(Backend backend) {
        var report = Objects.requireNonNull(backend.spec().reports().monthly(), "reports.monthly");
        return new CronJobBuilder()
                .withMetadata(backend.metadata(idFor(backend.resource()).getName(), PART))
                .withNewSpec()
                .withSchedule(report.schedule())
                .withTimeZone("Etc/UTC")
                .withConcurrencyPolicy("Forbid")
                .withStartingDeadlineSeconds(STARTS_WITHIN)
                .withSuccessfulJobsHistoryLimit(KEPT_RUNS)
                .withFailedJobsHistoryLimit(KEPT_RUNS)
                .withNewJobTemplate()
                .withNewSpec()
                .withBackoffLimit(REPETITIONS)
                .withActiveDeadlineSeconds(ENDS_WITHIN)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(backend.labels(PART))
                .endMetadata()
                .withSpec(ServerPod.renderTask("monthly-report", backend))
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
    }

    /** That a run began or ended is no news; what the owner asked for is. */
    @Override
    boolean isNews(CronJob now, CronJob before) {
        return !withoutRuns(now).equals(withoutRuns(before));
    }

    private static CronJob withoutRuns(CronJob job) {
        return new CronJobBuilder(job)
                .editMetadata()
                .withResourceVersion(null)
                .withManagedFields()
                .endMetadata()
                .withStatus(null)
                .build();
    }
}
