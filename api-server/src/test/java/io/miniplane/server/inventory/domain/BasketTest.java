package io.miniplane.server.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.miniplane.server.inventory.Line;
import io.miniplane.server.inventory.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BasketTest {

    private static final ProductId TEA = new ProductId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    private static final ProductId POT = new ProductId(UUID.fromString("01900000-0000-7000-8000-000000000002"));
    private static final ProductId CUP = new ProductId(UUID.fromString("01900000-0000-7000-8000-000000000003"));

    @Test
    void linesOfTheSameProductAreAddedUpAndProductsAreInOrder() {
        Basket basket = Basket.of(List.of(new Line(POT, 1), new Line(TEA, 2), new Line(POT, Line.MOST)));
        assertThat(basket.entries()).containsExactly(Map.entry(TEA, 2L), Map.entry(POT, Line.MOST + 1L));
    }

    @Test
    void itKnowsWhatIsInIt() {
        Basket basket = Basket.of(List.of(new Line(POT, 1), new Line(TEA, 2)));
        assertThat(basket.has(Set.of(TEA))).isTrue();
        assertThat(basket.has(Set.of(TEA, CUP))).isFalse();
    }

    @Test
    void anOrderOfNothingIsNoOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> Basket.of(List.of()));
    }

    @Test
    void aLineHasAtLeastOneAndNotTooMany() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Line(TEA, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Line(TEA, Line.MOST + 1));
        assertThat(new Line(TEA, Line.MOST).quantity()).isEqualTo(Line.MOST);
    }
}
