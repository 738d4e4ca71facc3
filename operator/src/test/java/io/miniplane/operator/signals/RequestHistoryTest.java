package io.miniplane.operator.signals;

import static io.miniplane.operator.signals.Readings.STARTED;
import static io.miniplane.operator.signals.Readings.silent;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.operator.signals.PodSignals.Bucket;
import io.miniplane.operator.signals.PodSignals.Requests;
import io.miniplane.operator.signals.PodSignals.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestHistoryTest {

    private static final Set<String> BOTH = Set.of("a", "b");

    private final RequestHistory history = new RequestHistory();
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");

    @Test
    void theLastMinuteAndAllSinceTheStartAreAddedOverThePods() {
        round(pod("a", 1000, 10, 900), pod("b", 500, 0, 500));
        round(pod("a", 1100, 14, 990), pod("b", 600, 1, 590));

        assertThat(requests().recent()).isEqualTo(served(Optional.of(Duration.ofMinutes(1)), 200, 5, 180));
        assertThat(requests().all()).isEqualTo(served(Optional.empty(), 1700, 15, 1580));
        assertThat(requests().gap()).isEmpty();
        assertThat(requests().all().slowerThan(Duration.ofMillis(400))).contains(new ServedRequests.Slow(0.5, 120));
        assertThat(requests().all().slowerThan(Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void whatIsOlderThanAMinuteIsNotRecent() {
        round(pod("a", 0, 0, 0), pod("b", 0, 0, 0));
        for (int i = 0; i < 6; i++) {
            round(pod("a", 100, 50, 100), pod("b", 0, 0, 0));
        }

        assertThat(requests().recent()).isEqualTo(served(Optional.of(Duration.ofMinutes(1)), 0, 0, 0));
        assertThat(requests().all().failed()).isEqualTo(50);
    }

    @Test
    void aPodThatStartedInThisMinuteCountsFromNothing() {
        Instant started = now.plusSeconds(5);
        round(pod("a", started, 30, 3, 30), pod("b", 700, 0, 700));

        assertThat(requests().recent()).isEqualTo(served(Optional.of(Duration.ofMinutes(1)), 30, 3, 30));
    }

    @Test
    void aPodThatIsSilentOrUnknownOrWasReadTooLongAgoIsAGap() {
        round(pod("a", 100, 0, 100), silent("b"));
        assertThat(requests().gap()).contains("pod b can't be read: it takes no connection");
        assertThat(requests().all().total()).isEqualTo(100);

        assertThat(history.of(Set.of("c"), STARTED).gap()).contains("pod c can't be read: it was not asked yet");
        assertThat(history.of(Set.of(), STARTED).gap()).contains("it has no pod");
        assertThat(history.of(Set.of("a"), now).gap()).contains("pod a can't be read: it has not been asked since");
        assertThat(history.of(Set.of("a"), now.minusMillis(1)).gap()).isEmpty();
    }

    @Test
    void podsThatAreGoneAreForgotten() {
        round(pod("a", 100, 0, 100));
        round(pod("b", 100, 0, 100));

        assertThat(requests().all().total()).isEqualTo(100);
        assertThat(requests().gap()).isPresent();
        round();
        assertThat(history.isEmpty()).isTrue();
    }

    private void round(PodReading... readings) {
        now = now.plusSeconds(15);
        history.observe(List.of(readings), now);
    }

    private PodsRequests requests() {
        return history.of(BOTH, STARTED);
    }

    private static ServedRequests served(Optional<Duration> within, long total, long failed, long fast) {
        return ServedRequests.sum(within, List.of(new Requests(total, failed, 0, List.of(new Bucket(0.5, fast)))));
    }

    private static PodReading pod(String name, long total, long failed, long fast) {
        return pod(name, STARTED, total, failed, fast);
    }

    private static PodReading pod(String name, Instant startedAt, long total, long failed, long fast) {
        var requests = new Requests(total, failed, 0, List.of(new Bucket(0.5, fast)));
        var signals = new PodSignals(1, startedAt, requests, List.of(), List.of(), null, List.of(), State.UP, State.UP);
        return new PodReading(name, false, startedAt, signals, null);
    }
}
