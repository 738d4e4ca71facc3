package io.miniplane.server.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

    @ParameterizedTest
    @CsvSource({
        "86, 13812341234, 138****1234",
        "852, 61234567, ******67",
        "1, 2025550123, 202***0123",
        "44, 123456789, 123**6789",
        "999, 12345, ***45"
    })
    void anAnswerShowsItsEndsOnly(String country, String number, String masked) {
        assertThat(new Phone(country, number).masked()).isEqualTo(masked);
    }

    @Test
    void itsTextIsReadBack() {
        Phone phone = new Phone("86", "13800138000");
        assertThat(phone.text()).isEqualTo("+86 13800138000");
        assertThat(Phone.parse(phone.text())).isEqualTo(phone);
        assertThat(phone.toString()).doesNotContain("138");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "13800138000", "+86 138", "+86 1380013800a", "+86  13800138000", "+86000 13800138000"})
    void whatIsNoNumberIsRefusedAndNotRepeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Phone.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("1380013800a"));
    }
}
