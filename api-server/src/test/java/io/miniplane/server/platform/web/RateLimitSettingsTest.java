package io.miniplane.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitSettingsTest {

    @Test
    void aPeriodWithoutLengthIsRefusedWithWhatToSet() {
        var settings = new RateLimitSettings(true, 200, Duration.ZERO, 1, List.of());
        assertThat(Validation.buildDefaultValidatorFactory().getValidator().validate(settings))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.getMessage()).isEqualTo("set it to 1ms or more"));
    }
}
