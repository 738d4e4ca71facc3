package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Events that are delivered to the container as CloudEvents over HTTP. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subscription(
        @JsonPropertyDescription("Types of events; * at the end stands for all that begin so, for example shop.*.")
        @Size(min = 1, max = 50)
        @ValidationRule(
                value =
                        "self.all(type, type.matches('^[a-z][a-z0-9]*([.][a-z0-9]+(-[a-z0-9]+)*)*[.]([*]|[a-z0-9]+(-[a-z0-9]+)*)$'))",
                message =
                        "each type must be two or more words in lower case with dots between them and may have * as the last one, for example "
                                + "order.paid or shop.*")
        @Required
        List<@Size(max = 100) String> types,

        @JsonPropertyDescription("Path of the container that takes them by POST.")
        @Size(max = 200)
        @Pattern(Callbacks.PATH)
        @ValidationRule(value = "self.matches('" + Callbacks.PATH + "')", message = Callbacks.PATH_CURE)
        @Required
        String path) {}
