package io.miniplane.server.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CauseChainTest {

    private static final String SECRET = "password=hunter2";

    @Test
    void namesEveryCauseAndItsPlaceAndSaysNothingThatTheySay() {
        Throwable failure = new IllegalStateException(SECRET, new RuntimeException(SECRET, new IOException(SECRET)));
        CauseChain chain = CauseChain.of(failure);
        assertThat(chain)
                .hasToString("java.lang.IllegalStateException < java.lang.RuntimeException < java.io.IOException");
        assertThat(chain.stackTrace())
                .startsWith("java.lang.IllegalStateException\n\tat " + CauseChainTest.class.getName())
                .contains("\nCaused by: java.io.IOException\n\tat ")
                .doesNotContain(SECRET);
    }

    @Test
    void aCircleEnds() {
        Exception outer = new Exception();
        Exception inner = new Exception(outer);
        outer.initCause(inner);
        assertThat(CauseChain.of(outer).names()).hasSize(2);
    }
}
