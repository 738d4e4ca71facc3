package io.miniplane.operator.objects;

import io.fabric8.openshift.api.model.monitoring.v1.RelabelConfig;
import io.fabric8.openshift.api.model.monitoring.v1.RelabelConfigBuilder;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitorBuilder;

/** Makes a Prometheus operator read the metrics of every pod, each with the labels {@code backend} and {@code component}. */
final class BackendMonitor extends OwnedObject<ServiceMonitor> {

    BackendMonitor() {
        super(ServiceMonitor.class, backend -> backend);
    }

    @Override
    ServiceMonitor render(Backend backend) {
        return new ServiceMonitorBuilder()
                .withMetadata(backend.metadata(backend.name(), "backend"))
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels(Backend.LABEL, backend.name())
                .endSelector()
                .addNewEndpoint()
                .withPort(ServerPod.MANAGEMENT)
                .withPath("/metrics")
                .withInterval("30s")
                .withRelabelings(
                        label("miniplane_io_backend", "backend"), label("app_kubernetes_io_component", "component"))
                .endEndpoint()
                .endSpec()
                .build();
    }

    /** @param label of the Service, as Prometheus writes it */
    private static RelabelConfig label(String label, String target) {
        return new RelabelConfigBuilder()
                .withAction("replace")
                .withSourceLabels("__meta_kubernetes_service_label_" + label)
                .withTargetLabel(target)
                .build();
    }
}
