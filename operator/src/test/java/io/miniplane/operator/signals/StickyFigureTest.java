package io.miniplane.operator.signals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickyFigureTest {

    @ParameterizedTest
    @CsvSource({
        ", 0, 0",
        ", 0.2, 0",
        ", 7.6, 8",
        ", 1234, 1200",
        ", 98765, 99000",
        "1200, 1234, 1200",
        "1200, 1440, 1200",
        "1200, 1441, 1400",
        "1200, 959, 960",
        "0, 0.4, 0",
        "0, 1, 1",
        "1, 0, 0",
        "3, 0.3, 0",
        "1, 1.1, 1",
        "1, 2, 2"
    })
    void aFigureHasTwoDigitsAndStaysUntilItIsAFifthOff(Long reported, double measured, long expected) {
        assertThat(StickyFigure.follow(reported, measured)).isEqualTo(expected);
    }
}
