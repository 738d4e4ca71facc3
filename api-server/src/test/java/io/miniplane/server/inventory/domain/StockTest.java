package io.miniplane.server.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
    void noCountIsBelowNothing(long available, long reserved, long sold) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Stock(available, reserved, sold));
    }

    @Test
    void whatOthersHoldCannotBeBought() {
        assertThat(new Stock(0, 5, 5).isThere()).isFalse();
        assertThat(new Stock(1, 0, 0).isThere()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, StockChange.MOST + 1, -StockChange.MOST - 1, Integer.MIN_VALUE})
    void aChangeChangesSomethingAndNotTooMuch(int delta) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StockChange(delta, "Delivery"));
    }

    @Test
    void aChangeHasAReason() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StockChange(1, " "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StockChange(1, "x".repeat(StockChange.REASON_LENGTH + 1)));
        assertThat(new StockChange(-StockChange.MOST, "Fire").delta()).isEqualTo(-StockChange.MOST);
    }
}
