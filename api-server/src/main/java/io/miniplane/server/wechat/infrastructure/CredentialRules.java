package io.miniplane.server.wechat.infrastructure;

import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/**
 * What credentials in settings have to be like; one that is absent is right. Each rule says what to set instead.
 *
 * @param errors where it is said that a setting breaks its rule
 */
record CredentialRules(Errors errors) {

    /** It looks so. */
    void shape(String name, @Nullable String value, Pattern shape, String rule) {
        if (value != null && !shape.matcher(value).matches()) {
            errors.rejectValue(name, "malformed", rule);
        }
    }

    /** It can be read as a key; the parser throws an IllegalArgumentException where it cannot. */
    void key(String name, @Nullable String value, Function<String, ?> parser, String rule) {
        try {
            if (value != null) {
                Objects.requireNonNull(parser.apply(value));
            }
        } catch (IllegalArgumentException malformed) {
            errors.rejectValue(name, "malformed", rule);
        }
    }
}
