package io.miniplane.operator.signals;

import static io.miniplane.operator.signals.Readings.pod;
import static io.miniplane.operator.signals.Readings.queue;
import static io.miniplane.operator.signals.Readings.silent;
import static io.miniplane.operator.signals.Readings.unreadable;
import static io.miniplane.operator.signals.Readings.worker;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueueLengthTest {

    @Test
    void queuesAreAddedAndWhatSeveralPodsSeeOfOneIsNot() {
        var readings = List.of(
                worker("a", queue("paid", 7), queue("placed", 1)), worker("b", queue("paid", 9), queue("placed", 0)));
        assertThat(QueueLength.of(readings)).isEqualTo(new QueueLength.Known(10));
    }

    @Test
    void onePodThatCanBeReadIsEnough() {
        assertThat(QueueLength.of(List.of(silent("a"), worker("b", queue("paid", 9)), worker("c", unreadable("paid")))))
                .isEqualTo(new QueueLength.Known(9));
    }

    @Test
    void aQueueThatNobodyCanReadMakesTheWholeUnknown() {
        assertThat(QueueLength.of(List.of(worker("a", queue("paid", 9), unreadable("placed")))))
                .isEqualTo(new QueueLength.Unknown("Queue placed can't be read: The broker does not answer"));
    }

    @Test
    void silenceIsNotAnEmptyQueue() {
        assertThat(QueueLength.of(List.of(pod("api", 10), silent("worker"))))
                .isEqualTo(new QueueLength.Unknown("No pod that handles events could be read;"
                        + " of pod worker is known: it takes no connection"));
        assertThat(QueueLength.of(List.of(pod("api", 10))))
                .isEqualTo(new QueueLength.Unknown("There is no pod that handles events"));
    }
}
