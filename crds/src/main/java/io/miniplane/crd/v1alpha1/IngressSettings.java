package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Ingress of a backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IngressSettings(
        @JsonPropertyDescription("Ingress class. Absent: the default of the cluster.") @Nullable String className,
        @JsonPropertyDescription("Secret with the certificate (kubernetes.io/tls). Absent: the controller has its own certificate, or TLS ends before it.") @Nullable String tlsSecretName,
        @JsonPropertyDescription("Annotations of the Ingress, for its controller.") @Default("{}") Map<String, String> annotations) {}
