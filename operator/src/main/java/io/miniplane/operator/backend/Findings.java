package io.miniplane.operator.backend;

import io.miniplane.operator.metrics.MetricSource;
import io.miniplane.operator.objects.KeysReport;
import io.miniplane.operator.objects.LeftOut;
import io.miniplane.operator.rotation.KeyProgress;
import io.miniplane.operator.signals.Assessment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation found, from which the status follows.
 *
 * @param paused whether the owner wants nothing changed
 * @param credentials whether what the backend takes from Secrets is usable
 * @param keys the keys
 * @param rotation how the replacement of the keys goes
 * @param api the servers that answer HTTP
 * @param worker the servers that handle events
 * @param setback why the servers are not what the manifest asks for, or not well
 * @param canary the version that is on trial
 * @param leftOut what the cluster has no kind for
 * @param assessment what follows from what the servers tell of themselves
 * @param queueMetric where the autoscaler of workers reads how many events wait
 * @param failure what stopped the operator, or nothing
 */
record Findings(
        boolean paused,
        CredentialCheck credentials,
        KeysReport keys,
        KeyProgress rotation,
        Servers api,
        Servers worker,
        Optional<Setback> setback,
        Optional<CanaryReport> canary,
        List<LeftOut> leftOut,
        Assessment assessment,
        MetricSource queueMetric,
        @Nullable Throwable failure) {

    /** All servers, those first that people meet first. */
    List<Servers> servers() {
        return List.of(api, worker);
    }

    Findings withFailure(Throwable cause) {
        return new Findings(
                paused,
                credentials,
                keys,
                rotation,
                api,
                worker,
                setback,
                canary,
                leftOut,
                assessment,
                queueMetric,
                cause);
    }
}
