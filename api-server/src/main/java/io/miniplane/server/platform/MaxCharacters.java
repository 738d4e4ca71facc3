package io.miniplane.server.platform;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** At most so many characters, as a person and JSON Schema count them: an emoji is one, though Java and JavaScript say two. Null is right. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MaxCharacters.Counter.class)
public @interface MaxCharacters {

    /** The most code points that a text may have. */
    int max();

    /** The key of the reason why a longer text is refused, after {@code reason.}. */
    String message() default "too-long";

    /** Asked for by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Asked for by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Counts. */
    final class Counter implements ConstraintValidator<MaxCharacters, String> {

        private int max;

        @Override
        public void initialize(MaxCharacters constraint) {
            max = constraint.max();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || text.codePointCount(0, text.length()) <= max;
        }
    }
}
