package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Message pushes for the container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PushCallback(
        @JsonPropertyDescription("Path of the container that takes them by POST.")
        @Size(max = 200)
        @Pattern(Callbacks.PATH)
        @ValidationRule(value = "self.matches('" + Callbacks.PATH + "')", message = Callbacks.PATH_CURE)
        @Required
        String path,

        @JsonPropertyDescription(
                "Only pushes of these types: the MsgType of a message (text, image, ...) or, of an event, its Event "
                        + "(wxa_media_check, ...). Empty: all that the backend doesn't handle itself.")
        @Size(max = 50)
        @ValidationRule(
                value = "self.all(type, type.matches('^[a-zA-Z0-9_]{1,100}$'))",
                message = "each type must be letters, digits and '_', as WeChat writes it, for example wxa_media_check")
        @Default("[]")
        List<@Size(max = 100) String> msgTypes) {}
