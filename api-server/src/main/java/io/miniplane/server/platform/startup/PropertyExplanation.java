package io.miniplane.server.platform.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.origin.Origin;
import org.springframework.core.convert.ConversionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Names the property that is missing or wrong and its cure; never its value, which may be a secret. */
final class PropertyExplanation {

    private PropertyExplanation() {}

    static Optional<String> of(Throwable cause) {
        return switch (cause) {
            case BindValidationException invalid -> Optional.of(invalid(invalid.getValidationErrors()));
            case BindException wrong
            when wrong.getCause() instanceof ConversionException -> Optional.of(unreadable(wrong));
            case InvalidConfigurationPropertyValueException refused ->
                Optional.of("property " + refused.getName() + " is wrong: " + refused.getReason() + ".");
            default -> Optional.empty();
        };
    }

    private static String invalid(ValidationErrors errors) {
        ObjectError first = errors.getAllErrors().getFirst();
        return "property " + property(errors.getName(), first) + state(first) + ": " + first.getDefaultMessage() + ".";
    }

    private static String state(ObjectError error) {
        boolean missing = error instanceof FieldError field && field.getRejectedValue() == null;
        return missing ? " is missing" : " is wrong" + from(Origin.from(error));
    }

    private static String property(ConfigurationPropertyName prefix, ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return prefix.toString();
        }
        return prefix + "." + dashed(field.getField());
    }

    private static String dashed(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String unreadable(BindException wrong) {
        Class<?> type = Objects.requireNonNullElse(wrong.getTarget().getType().resolve(), Object.class);
        Origin origin = wrong.getProperty() == null ? null : wrong.getProperty().getOrigin();
        return "property " + wrong.getName() + " is wrong" + from(origin) + ": set it to " + expected(type) + ".";
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 500ms or 30s";
            case "DataSize" -> "a size such as 512KB or 1MB";
            case "URI", "URL" -> "an address such as http://host:port";
            default -> "a value of the type " + type.getSimpleName();
        };
    }

    private static String from(@Nullable Origin origin) {
        return origin == null ? "" : " (from " + origin + ")";
    }
}
