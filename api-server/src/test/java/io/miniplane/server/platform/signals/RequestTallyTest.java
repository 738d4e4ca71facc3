package io.miniplane.server.platform.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.miniplane.server.platform.signals.Signals.Bucket;
import io.miniplane.server.platform.signals.Signals.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestTallyTest {

    private final RequestTally tally = new RequestTally();

    @Test
    void requestsAreCountedWithTheirErrorsAndTimes() {
        count(200, Duration.ofMillis(4));
        count(404, Duration.ofMillis(30));
        count(499, Duration.ofMillis(30));
        count(500, Duration.ofMillis(700));
        count(503, Duration.ofSeconds(20));
        Requests requests = tally.requests();
        assertThat(requests.total()).isEqualTo(5);
        assertThat(requests.serverErrors()).isEqualTo(2);
        assertThat(requests.seconds()).isCloseTo(20.764, within(1e-6));
    }

    @Test
    void aBucketHoldsThoseBeforeItAndItsOwnBound() {
        count(200, Duration.ofMillis(5));
        count(200, Duration.ofMillis(6));
        count(200, Duration.ofSeconds(10));
        count(200, Duration.ofSeconds(11));
        assertThat(tally.requests().buckets())
                .startsWith(new Bucket(0.005, 1), new Bucket(0.01, 2), new Bucket(0.025, 2))
                .endsWith(new Bucket(5, 2), new Bucket(10, 3));
    }

    private void count(int status, Duration elapsed) {
        tally.count(status, elapsed.toNanos());
    }
}
