package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A template of subscribe messages and what goes into it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Template(
        @JsonPropertyDescription("The id of a template that the mini-program has added.")
        @Size(min = 1, max = 64)
        @Pattern("^[-_0-9A-Za-z]+$")
        @ValidationRule(
                value = "self.matches('^[-_0-9A-Za-z]+$')",
                message = "must be the id that the WeChat console shows: letters, digits, '-' and '_'")
        @Required
        String id,

        @JsonPropertyDescription("The page that a tap opens, with its query, for example pages/order/index?id={order}. "
                + "Absent: none.")
        @Size(max = 1000)
        @Nullable
        String page,

        @JsonPropertyDescription("What each keyword of the template says, for example thing1: your goods are sent.")
        @Size(min = 1, max = 20)
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-z]+(_[a-z]+)?[0-9]{1,2}$'))",
                message = "each name must be a keyword of the template, such as thing1 or character_string2")
        @Required
        Map<String, @Size(min = 1, max = 200) String> keywords) {}
