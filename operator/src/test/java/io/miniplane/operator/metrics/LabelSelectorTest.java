package io.miniplane.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    private static final Map<String, String> LABELS = Map.of("backend", "shop", "example.org/tier", "gold");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "backend=shop",
                "backend == shop",
                "backend=shop,example.org/tier=gold",
                "backend!=club",
                "backend in (club, shop),example.org/tier",
                "backend notin (club,bar)",
                "other notin (x)",
                "other!=x",
                "backend",
                "!other"
            })
    void holds(String selector) {
        assertThat(LabelSelector.parse(selector).test(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backend=club",
                "backend=shop,example.org/tier=silver",
                "backend!=shop",
                "backend in (club)",
                "backend notin (shop,club)",
                "other",
                "other=x",
                "other in (x)",
                "!backend"
            })
    void doesNotHold(String selector) {
        assertThat(LabelSelector.parse(selector).test(LABELS)).isFalse();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> LabelSelector.parse("backend=shop,a b c"))
                .hasMessage("\"a b c\" is no requirement of labels");
    }
}
