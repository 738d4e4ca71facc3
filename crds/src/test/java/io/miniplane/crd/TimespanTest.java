package io.miniplane.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.Timespan;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimespanTest {

    @ParameterizedTest
    @CsvSource({
        "90s, PT90S",
        "10m, PT10M",
        "2160h, PT2160H",
        "1h30m, PT90M",
        "500ms, PT0.5S",
        "1m500ms, PT60.5S",
        "0s, PT0S"
    })
    void isWhatKubernetesMeansByIt(String text, Duration duration) {
        assertThat(new Timespan(text).duration()).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"90s", "1h30m"})
    void isWrittenAsItWasRead(String text) {
        assertThat(new Timespan(text)).hasToString(text);
    }
}
