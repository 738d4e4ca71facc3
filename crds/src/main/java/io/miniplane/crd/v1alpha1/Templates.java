package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The templates of subscribe messages by what they tell. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Templates(
        @JsonPropertyDescription(FIELDS + ", {amount}.")
        @ValidationRule(value = TEXTS + ORDER + ".replace('{amount}', '')" + CLEAN, message = CURE + ", {amount}")
        @Nullable
        Template confirmed,

        @JsonPropertyDescription(FIELDS + ", {amount}, {transaction}.")
        @ValidationRule(
                value = TEXTS + ORDER + ".replace('{amount}', '').replace('{transaction}', '')" + CLEAN,
                message = CURE + ", {amount}, {transaction}")
        @Nullable
        Template paid,

        @JsonPropertyDescription(FIELDS + ", {carrier}, {tracking}.")
        @ValidationRule(
                value = TEXTS + ORDER + ".replace('{carrier}', '').replace('{tracking}', '')" + CLEAN,
                message = CURE + ", {carrier}, {tracking}")
        @Nullable
        Template shipped,

        @JsonPropertyDescription(FIELDS + ", {amount}, {reason}.")
        @ValidationRule(
                value = TEXTS + ORDER + ".replace('{amount}', '').replace('{reason}', '')" + CLEAN,
                message = CURE + ", {amount}, {reason}")
        @Nullable
        Template cancelled,

        @JsonPropertyDescription(FIELDS + ", {amount}.")
        @ValidationRule(value = TEXTS + ORDER + ".replace('{amount}', '')" + CLEAN, message = CURE + ", {amount}")
        @Nullable
        Template refunded) {

    private static final String FIELDS = "Texts can name {order}, {number}, {time}";
    private static final String CURE = "texts must name no fields but {order}, {number}, {time}";
    private static final String TEXTS =
            "(self.keywords.map(name, self.keywords[name]) + [has(self.page) ? self.page : '']).all(text, !text";
    private static final String ORDER = ".replace('{order}', '').replace('{number}', '').replace('{time}', '')";
    private static final String CLEAN = ".matches('[{][a-z]+[}]'))";
}
