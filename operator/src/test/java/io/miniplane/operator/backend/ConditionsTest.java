package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.miniplane.crd.v1alpha1.Condition.Status;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import io.miniplane.operator.metrics.MetricSource;
import io.miniplane.operator.objects.Component;
import io.miniplane.operator.objects.Credentials;
import io.miniplane.operator.objects.KeyRotation;
import io.miniplane.operator.objects.KeysReport;
import io.miniplane.operator.objects.LeftOut;
import io.miniplane.operator.objects.Provider;
import io.miniplane.operator.rotation.KeyProgress;
import io.miniplane.operator.signals.Assessment;
import io.miniplane.operator.signals.DatabaseHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static final Credentials CREDENTIALS = new Credentials(Map.of(Credentials.APP_SECRET, "0".repeat(32)));
    private static final CredentialCheck VALID = new CredentialCheck.Valid(CREDENTIALS);
    private static final CredentialCheck INVALID =
            new CredentialCheck.Invalid("SecretMissing", "Secret shop-db is missing");
    private static final KeysReport USABLE = new KeysReport.Usable(
            Map.of("data", 1L), new KeyRotation(Phase.STABLE, Instant.EPOCH, Instant.EPOCH, Map.of()));
    private static final Deployment SETTLED = RolloutTest.deployment(2, 2, 2, 2);
    private static final Deployment WORKING = RolloutTest.deployment(1, 1, 1, 1);

    @Test
    void aSettledBackendIsReadyAndNothingIsWrong() {
        var findings = findings(VALID, USABLE, SETTLED);

        assertThat(verdict(findings, "Ready"))
                .isEqualTo("TRUE Available: 2 of 2 api pods and 1 of 1 worker pods are ready");
        assertThat(verdict(findings, "Progressing")).startsWith("FALSE Settled");
        assertThat(verdict(findings, "Degraded")).startsWith("FALSE AsExpected");
        assertThat(verdict(findings, "CredentialsValid")).startsWith("TRUE Complete");
        assertThat(verdict(findings, "KeysReady")).startsWith("TRUE Usable");
    }

    @Test
    void keysThatAreBeingReplacedAreReadyAndWhatIsWaitedForIsNamed() {
        var rotation = new KeyRotation(Phase.INTRODUCED, Instant.EPOCH, Instant.EPOCH, Map.of("data", 2L));
        var progress = new KeyProgress(Optional.of("pod shop-api-1 is waited for"), Optional.empty());
        var findings = new Findings(
                false,
                VALID,
                new KeysReport.Usable(Map.of("data", 1L), rotation),
                progress,
                new Servers(Component.API, Optional.of(SETTLED), Optional.empty()),
                new Servers(Component.WORKER, Optional.of(WORKING), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                assessment(DatabaseHealth.UP),
                new MetricSource.External(),
                null);

        assertThat(verdict(findings, "KeysReady"))
                .isEqualTo("TRUE Rotating: New keys are introduced: pod shop-api-1 is waited for");
        assertThat(verdict(findings, "Ready")).startsWith("TRUE");
        assertThat(verdict(findings, "Degraded")).startsWith("FALSE");
    }

    @Test
    void withoutCredentialsAndServersNothingIsReadyAndTheReasonIsNamedEverywhere() {
        var findings = findings(INVALID, new KeysReport.Absent("shop-keys"), null);

        assertThat(List.of("Ready", "Degraded", "CredentialsValid"))
                .allSatisfy(type ->
                        assertThat(verdict(findings, type)).endsWith(" SecretMissing: Secret shop-db is missing"));
        assertThat(verdict(findings, "Progressing"))
                .isEqualTo("FALSE Blocked: Nothing is changed: Secret shop-db is missing");
        assertThat(verdict(findings, "KeysReady")).startsWith("FALSE NotCreated");
    }

    @Test
    void outdatedCredentialsDegradeABackendThatGoesOnServingAndFollowing() {
        var outdated = new CredentialCheck.Outdated(CREDENTIALS, "SecretMissing", "Secret shop-db is missing");
        var findings = findings(outdated, USABLE, SETTLED);

        assertThat(verdict(findings, "Ready")).startsWith("TRUE");
        assertThat(verdict(findings, "Progressing")).startsWith("FALSE Settled");
        assertThat(verdict(findings, "CredentialsValid")).isEqualTo("FALSE SecretMissing: Secret shop-db is missing");
        assertThat(verdict(findings, "Degraded"))
                .isEqualTo("TRUE SecretMissing: Secret shop-db is missing; until then the servers keep the credentials"
                        + " they have");
    }

    @Test
    void lostKeysBlockButServersThatRunAreReady() {
        var findings = findings(VALID, new KeysReport.Lost("Secret shop-keys is gone"), SETTLED);

        assertThat(verdict(findings, "Ready")).startsWith("TRUE");
        assertThat(verdict(findings, "KeysReady")).isEqualTo("FALSE Lost: Secret shop-keys is gone");
        assertThat(verdict(findings, "Degraded")).isEqualTo("TRUE Lost: Secret shop-keys is gone");
        assertThat(verdict(findings, "Progressing")).startsWith("FALSE Blocked");
    }

    @Test
    void aRolloutThatFailsIsDegraded() {
        var late = RolloutTest.with(RolloutTest.deployment(2, 2, 2, 1), "Progressing", "False", "has timed out");
        var findings = findings(VALID, USABLE, late);

        assertThat(verdict(findings, "Ready"))
                .isEqualTo("FALSE Unavailable: 1 of 2 api pods and 1 of 1 worker pods are ready");
        assertThat(verdict(findings, "Progressing"))
                .isEqualTo("TRUE RollingOut: 2 of 2 api pods run the newest version");
        assertThat(verdict(findings, "Degraded")).isEqualTo("TRUE RolloutFailed: has timed out");
    }

    @Test
    void aBackendWithoutWorkersIsNotReady() {
        assertThat(verdict(findings(VALID, USABLE, SETTLED, null, List.of()), "Ready"))
                .isEqualTo("FALSE Unavailable: 2 of 2 api pods and no worker pods are ready");

        var failing = RolloutTest.with(RolloutTest.deployment(1, 1, 0, 0), "ReplicaFailure", "True", "exceeded quota");
        var findings = findings(VALID, USABLE, SETTLED, failing, List.of());
        assertThat(verdict(findings, "Ready")).startsWith("FALSE Unavailable");
        assertThat(verdict(findings, "Progressing"))
                .isEqualTo("TRUE RollingOut: 0 of 1 worker pods run the newest version");
        assertThat(verdict(findings, "Degraded")).isEqualTo("TRUE RolloutFailed: exceeded quota");
    }

    @Test
    void whatTheClusterHasNoKindForIsNamedAndDegradesWhoAskedForIt() {
        var alerts = new LeftOut("PrometheusRule of monitoring.coreos.com/v1", Provider.PROMETHEUS_OPERATOR);
        var metrics = new LeftOut("ServiceMonitor of monitoring.coreos.com/v1", Provider.PROMETHEUS_OPERATOR);
        var route = new LeftOut("HTTPRoute of gateway.networking.k8s.io/v1", Provider.GATEWAY_API);

        var unasked = findings(VALID, USABLE, SETTLED, WORKING, List.of(alerts, metrics));
        assertThat(verdict(unasked, "Degraded")).startsWith("FALSE AsExpected");
        assertThat(verdict(unasked, "KindsAvailable"))
                .isEqualTo("FALSE PrometheusOperatorMissing: PrometheusRule of monitoring.coreos.com/v1, ServiceMonitor"
                        + " of monitoring.coreos.com/v1: left out, because the cluster has no Prometheus operator;"
                        + " installing it is noticed");
        var asked = findings(VALID, USABLE, SETTLED, WORKING, List.of(route, alerts));
        assertThat(verdict(asked, "Degraded"))
                .isEqualTo("TRUE GatewayApiMissing: HTTPRoute of gateway.networking.k8s.io/v1: left out, because the"
                        + " cluster has no Gateway API; installing it is noticed");
    }

    @Test
    void aFailureOfTheOperatorIsSaidWithoutItsStack() {
        var findings = findings(VALID, USABLE, SETTLED);

        assertThat(verdict(findings.withFailure(new IllegalStateException("token abc")), "Degraded"))
                .isEqualTo("TRUE ApplyFailed: The operator failed; its log says why. This is tried again");
        assertThat(verdict(findings.withFailure(new KubernetesClientException("connect")), "Degraded"))
                .isEqualTo("TRUE ApplyFailed: The API server can't be reached; this is tried again");
    }

    @Test
    void pausedIsSaidAndAnAutoscalerSpeaksForItself() {
        var findings = new Findings(
                true,
                VALID,
                USABLE,
                KeyProgress.NONE,
                new Servers(Component.API, Optional.of(SETTLED), Optional.of(autoscaler("True", "valid"))),
                new Servers(Component.WORKER, Optional.of(WORKING), Optional.of(autoscaler("False", "no metrics"))),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                assessment(DatabaseHealth.UP),
                new MetricSource.External(),
                null);

        assertThat(verdict(findings, "Progressing")).startsWith("FALSE Paused");
        assertThat(verdict(findings, "AutoscalingActive")).isEqualTo("FALSE Metrics: worker: no metrics");
        assertThat(verdict(findings, "KindsAvailable")).startsWith("TRUE Complete");
    }

    @ParameterizedTest
    @CsvSource({
        "UP, TRUE Answers: The database answers the pods",
        "PARTLY, FALSE PartlyUnreachable: The database answers some pods and others not",
        "DOWN, FALSE Unreachable: The database answers no pod",
        "UNKNOWN, UNKNOWN NoSignals: No pod tells whether it reaches the database"
    })
    void theDatabaseIsAsThePodsTell(DatabaseHealth health, String expected) {
        var settled = findings(VALID, USABLE, SETTLED);
        var findings = new Findings(
                false,
                VALID,
                USABLE,
                KeyProgress.NONE,
                settled.api(),
                settled.worker(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                assessment(health),
                new MetricSource.External(),
                null);

        assertThat(verdict(findings, "DatabaseReady")).isEqualTo(expected);
    }

    @Test
    void workersWhoseQueueNobodyTellsAreSaidToFollowTheirCpuAlone() {
        var settled = findings(VALID, USABLE, SETTLED);
        var findings = new Findings(
                false,
                VALID,
                USABLE,
                KeyProgress.NONE,
                settled.api(),
                settled.worker(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                assessment(DatabaseHealth.UP),
                new MetricSource.None("OtherProvider", "set it to External"),
                null);

        assertThat(verdict(findings, "AutoscalingActive"))
                .isEqualTo("FALSE OtherProvider: worker: its queues are not followed, its CPU is: set it to External");
    }

    @Test
    void aConditionKeepsItsTimeUntilItsStatusTurns() {
        var first = Verdict.yes("Ready", "Available", "1 of 1").over(List.of(), 1, Instant.EPOCH);
        var later = Instant.EPOCH.plusSeconds(60);

        assertThat(Verdict.yes("Ready", "Available", "2 of 2").over(List.of(first), 2, later))
                .satisfies(now -> assertThat(now.lastTransitionTime()).isEqualTo(Instant.EPOCH))
                .satisfies(now -> assertThat(now.observedGeneration()).isEqualTo(2));
        assertThat(Verdict.no("Ready", "Unavailable", "0 of 2")
                        .over(List.of(first), 2, later)
                        .lastTransitionTime())
                .isEqualTo(later);
        assertThat(Conditions.readiness(List.of(first))).isEqualTo(Status.TRUE);
        assertThat(Conditions.readiness(List.of())).isEqualTo(Status.UNKNOWN);
    }

    private static Findings findings(CredentialCheck check, KeysReport keys, @Nullable Deployment deployment) {
        return findings(check, keys, deployment, deployment == null ? null : WORKING, List.of());
    }

    private static Findings findings(
            CredentialCheck check,
            KeysReport keys,
            @Nullable Deployment api,
            @Nullable Deployment worker,
            List<LeftOut> leftOut) {
        return new Findings(
                false,
                check,
                keys,
                KeyProgress.NONE,
                new Servers(Component.API, Optional.ofNullable(api), Optional.empty()),
                new Servers(Component.WORKER, Optional.ofNullable(worker), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                leftOut,
                assessment(DatabaseHealth.UNKNOWN),
                new MetricSource.External(),
                null);
    }

    private static Assessment assessment(DatabaseHealth database) {
        return new Assessment(1, null, null, database);
    }

    private static HorizontalPodAutoscaler autoscaler(String active, String message) {
        return new HorizontalPodAutoscalerBuilder()
                .withNewStatus()
                .addNewCondition()
                .withType("ScalingActive")
                .withStatus(active)
                .withReason("Metrics")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    private static String verdict(Findings findings, String type) {
        return Conditions.judge(findings).stream()
                .filter(verdict -> verdict.type().equals(type))
                .map(verdict -> verdict.status() + " " + verdict.reason() + ": " + verdict.message())
                .findFirst()
                .orElseThrow();
    }
}
