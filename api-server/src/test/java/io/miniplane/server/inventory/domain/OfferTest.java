package io.miniplane.server.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.miniplane.server.platform.Fen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferTest {

    @ParameterizedTest
    @ValueSource(longs = {0, Offer.HIGHEST_PRICE + 1})
    void aPriceIsNeitherNothingNorMoreThanAMillionYuan(long fen) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Offer("Tea", "", new Fen(fen), true))
                .withMessageContaining("100000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Offer.HIGHEST_PRICE})
    void theEndsOfTheRangeArePrices(long fen) {
        assertThat(new Offer("Tea", "", new Fen(fen), true).price()).isEqualTo(new Fen(fen));
    }

    @Test
    void aNameIsSomethingToReadAndCountsCharactersAsPeopleDo() {
        String longest = "🍵".repeat(Offer.NAME_LENGTH);
        assertThat(new Offer(longest, "", new Fen(1), true).name()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer(longest + "a", "", new Fen(1), true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer(" ", "", new Fen(1), true));
    }

    @Test
    void aDescriptionMayBeEmptyButNotEndless() {
        String longest = "茶".repeat(Offer.DESCRIPTION_LENGTH);
        assertThat(new Offer("Tea", longest, new Fen(1), true).description()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer("Tea", longest + "叶", new Fen(1), true));
    }
}
