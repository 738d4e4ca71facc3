package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.miniplane.operator.objects.KeysReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation found, from which the status follows.
 *
 * @param paused whether the owner wants nothing changed
 * @param credentials whether what the backend takes from Secrets is usable
 * @param keys the keys
 * @param deployment the api Deployment, once there is one
 * @param autoscaler the api autoscaler, once there is one
 * @param alertsKnown whether the cluster takes alerts
 * @param failure what stopped the operator, or nothing
 */
record Findings(
        boolean paused,
        CredentialCheck credentials,
        KeysReport keys,
        Optional<Deployment> deployment,
        Optional<HorizontalPodAutoscaler> autoscaler,
        boolean alertsKnown,
        @Nullable Throwable failure) {

    Findings withFailure(Throwable cause) {
        return new Findings(paused, credentials, keys, deployment, autoscaler, alertsKnown, cause);
    }
}
