package io.miniplane.server.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaOffsetsTest {

    private static final TopicPartition ONE = new TopicPartition("events", 1);
    private static final TopicPartition TWO = new TopicPartition("events", 2);

    private final KafkaOffsets offsets = new KafkaOffsets();

    @Test
    void whatIsCommittedEndsBeforeTheFirstRecordInHand() {
        KafkaOffsets.Held first = offsets.take(ONE, 5);
        KafkaOffsets.Held second = offsets.take(ONE, 6);
        KafkaOffsets.Held third = offsets.take(ONE, 7);
        assertThat(third.acknowledge()).isEqualTo(2);
        second.acknowledge();
        assertThat(offsets.toCommit()).containsEntry(ONE, new OffsetAndMetadata(5));
        first.acknowledge();
        assertThat(offsets.toCommit()).containsEntry(ONE, new OffsetAndMetadata(8));
        assertThat(offsets.inHand()).isZero();
    }

    @Test
    void whatWasToldIsNotToldAgainUnlessItGotLost() {
        offsets.take(ONE, 5).acknowledge();
        assertThat(offsets.toCommit()).hasSize(1);
        assertThat(offsets.toCommit()).isEmpty();
        offsets.untold();
        assertThat(offsets.toCommit()).containsEntry(ONE, new OffsetAndMetadata(6));
    }

    @Test
    void aRecordThatIsPassedOverDoesNotOvertakeOneInHand() {
        KafkaOffsets.Held held = offsets.take(ONE, 5);
        offsets.pass(ONE, 6);
        offsets.pass(TWO, 3);
        assertThat(offsets.toCommit())
                .containsEntry(ONE, new OffsetAndMetadata(5))
                .containsEntry(TWO, new OffsetAndMetadata(4));
        held.acknowledge();
        assertThat(offsets.toCommit()).containsEntry(ONE, new OffsetAndMetadata(7));
    }

    @Test
    void aPartitionThatOthersHaveIsCommittedNoMoreAndItsRecordsStayInHandUntilTheyAreDone() {
        KafkaOffsets.Held held = offsets.take(ONE, 5);
        assertThat(offsets.areDone(List.of(ONE))).isFalse();
        offsets.end(List.of(ONE));
        assertThat(offsets.toCommit()).isEmpty();
        assertThat(offsets.inHand()).isEqualTo(1);
        assertThat(held.acknowledge()).isZero();
        assertThat(held.acknowledge()).isEqualTo(-1);
        assertThat(offsets.inHand()).isZero();
    }

    @Test
    void aPartitionIsCommittedWhereItIsReadFromThoughNothingCame() {
        assertThat(offsets.isBegun(ONE)).isFalse();
        offsets.begin(ONE, 12);
        assertThat(offsets.toCommit()).containsEntry(ONE, new OffsetAndMetadata(12));
    }
}
