package io.miniplane.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void aTimeoutThatWouldMeanForeverIsRefused() {
        assertThat(refused(SECOND, SECOND)).isEmpty();
        assertThat(refused(Duration.ZERO, SECOND)).contains("connectTimeout set it to 1s or more");
        assertThat(refused(Duration.ofMillis(999), SECOND)).contains("connectTimeout set it to 1s or more");
        assertThat(refused(SECOND, Duration.ZERO)).contains("statementTimeout set it to 100ms or more");
    }

    private String refused(Duration connect, Duration statement) {
        StringBuilder text = new StringBuilder();
        validator
                .validate(new DatabaseSettings("db", 5432, "shop", "shop", "", "prefer", connect, statement))
                .forEach(wrong ->
                        text.append(wrong.getPropertyPath()).append(' ').append(wrong.getMessage()));
        return text.toString();
    }
}
