package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class NonBlockingGuardTest {

    @BeforeAll
    static void install() {
        BlockHound.install();
    }

    @Test
    void aSleepOnAnEventLoopIsFound() {
        assertThatThrownBy(() -> onEventLoop(NonBlockingGuardTest::sleep))
                .rootCause()
                .isInstanceOf(BlockingOperationError.class);
    }

    @Test
    void whatDoesNotBlockMayRunThere() {
        assertThat(onEventLoop(() -> {})).isTrue();
    }

    private static boolean onEventLoop(Runnable work) {
        return Boolean.TRUE.equals(Mono.fromCallable(() -> {
                    work.run();
                    return true;
                })
                .subscribeOn(Schedulers.parallel())
                .block(Duration.ofSeconds(10)));
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
