package io.miniplane.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one operator of several act, and gives the turn back at once when it stops. */
final class Leadership {

    /** Name of the Lease that operators share. */
    static final String LEASE = "miniplane-operator";

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final String namespace;
    private final String identity;
    private final Runnable onLoss;
    private volatile boolean stopping;

    /** @param onLoss ends the process: another operator acts by then */
    Leadership(String namespace, String identity, Runnable onLoss) {
        this.namespace = namespace;
        this.identity = identity;
        this.onLoss = onLoss;
    }

    LeaderElectionConfiguration configuration() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(
                        new LeaderCallbacks(() -> LOG.info("This operator leads."), this::stopped, leader -> {}))
                .build();
    }

    /** From now on the end of leadership is meant. */
    void stop() {
        stopping = true;
    }

    /** Empties the Lease if it is still ours, so that the next operator need not wait for it to run out. */
    void release(KubernetesClient client) {
        try {
            Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
            if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                lease.getSpec().setLeaseDurationSeconds(1);
                client.resource(lease).update();
                LOG.info("The lease is given back.");
            }
        } catch (KubernetesClientException e) {
            LOG.warn("The lease could not be given back; it runs out by itself.");
        }
    }

    private void stopped() {
        if (!stopping) {
            LOG.error("This operator lost its lease: another one acts now. It exits to start over.");
            onLoss.run();
        }
    }
}
