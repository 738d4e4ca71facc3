package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Ingress of a backend. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IngressSettings(
        @JsonPropertyDescription("Ingress class. Absent: the default of the cluster.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Nullable
        String className,

        @JsonPropertyDescription("Secret with the certificate (kubernetes.io/tls). Absent: the controller has its own "
                + "certificate, or TLS ends before it.")
        @Size(min = 1, max = Shapes.NAME_LENGTH)
        @Pattern(Shapes.NAME)
        @ValidationRule(value = Shapes.NAME_RULE, message = Shapes.NAME_CURE)
        @Nullable
        String tlsSecretName,

        @JsonPropertyDescription("Annotations of the Ingress, for its controller.") @Size(max = 50) @Default("{}")
        Map<String, String> annotations) {}
