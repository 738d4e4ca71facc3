package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.miniplane.crd.v1alpha1.Exposure;
import io.miniplane.crd.v1alpha1.IngressSettings;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way in through an Ingress, for backends that are exposed by one. */
final class BackendIngress extends OwnedObject<Ingress> {

    BackendIngress() {
        super(Ingress.class, backend -> backend);
    }

    @Override
    boolean isWanted(MiniProgramBackendSpec spec) {
        return settings(spec.exposure()) != null;
    }

    @Override
    Ingress render(Backend backend) {
        Exposure exposure = Objects.requireNonNull(backend.spec().exposure(), "exposure");
        IngressSettings settings = Objects.requireNonNull(settings(exposure), "exposure.ingress");
        return new IngressBuilder()
                .withMetadata(backend.metadata(backend.name(), Component.API.label()))
                .editMetadata()
                .withAnnotations(settings.annotations())
                .endMetadata()
                .withNewSpec()
                .withIngressClassName(settings.className())
                .withTls(tls(exposure.host(), settings.tlsSecretName()))
                .addNewRule()
                .withHost(exposure.host())
                .withNewHttp()
                .addNewPath()
                .withPath("/")
                .withPathType("Prefix")
                .withNewBackend()
                .withNewService()
                .withName(backend.name())
                .withNewPort()
                .withName(ServerPod.HTTP)
                .endPort()
                .endService()
                .endBackend()
                .endPath()
                .endHttp()
                .endRule()
                .endSpec()
                .build();
    }

    private static @Nullable IngressSettings settings(@Nullable Exposure exposure) {
        return exposure == null ? null : exposure.ingress();
    }

    private static List<IngressTLS> tls(String host, @Nullable String secret) {
        return secret == null
                ? List.of()
                : List.of(new IngressTLSBuilder()
                        .withHosts(host)
                        .withSecretName(secret)
                        .build());
    }
}
