package io.miniplane.server.platform.events;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records are in hand, and how far each partition is done: up to the first record that is not acknowledged. All but {@link Held} belongs to the
 * thread that polls.
 */
final class KafkaOffsets {

    private final Map<TopicPartition, Deque<Held>> held = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> told = new HashMap<>();
    private final AtomicInteger inHand = new AtomicInteger();

    /** How many records are in hand, those of partitions that were given away too. */
    int inHand() {
        return inHand.get();
    }

    /** Begins with a partition at the offset that it is read from. */
    void begin(TopicPartition partition, long position) {
        next.put(partition, position);
    }

    /** Whether it is known how far a partition is read. */
    boolean isBegun(TopicPartition partition) {
        return next.containsKey(partition);
    }

    /** Takes a record into hand. */
    Held take(TopicPartition partition, long offset) {
        Held taken = new Held(offset, inHand);
        held.computeIfAbsent(partition, first -> new ArrayDeque<>()).addLast(taken);
        next.put(partition, offset + 1);
        inHand.incrementAndGet();
        return taken;
    }

    /** Notes that a record needs no handling. */
    void pass(TopicPartition partition, long offset) {
        next.put(partition, offset + 1);
    }

    /** Whether every record of the partitions is acknowledged. */
    boolean areDone(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .allMatch(partition -> held.getOrDefault(partition, new ArrayDeque<>()).stream()
                        .allMatch(Held::isDone));
    }

    /** What is to be committed, and was not told before. */
    Map<TopicPartition, OffsetAndMetadata> toCommit() {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        next.forEach((partition, last) -> {
            long offset = doneUpTo(held.getOrDefault(partition, new ArrayDeque<>()), last);
            if (!Long.valueOf(offset).equals(told.get(partition))) {
                told.put(partition, offset);
                done.put(partition, new OffsetAndMetadata(offset));
            }
        });
        return done;
    }

    /** What was told was not committed, or nobody knows: it is told again. */
    void untold() {
        told.clear();
    }

    /** Forgets partitions that others have from now on; what is in hand of them is acknowledged into the void. */
    void end(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            held.remove(partition);
            next.remove(partition);
            told.remove(partition);
        });
    }

    /** Forgets all partitions. */
    void forget() {
        held.clear();
        next.clear();
        told.clear();
    }

    private static long doneUpTo(Deque<Held> records, long last) {
        Iterator<Held> ahead = records.iterator();
        while (ahead.hasNext()) {
            Held first = ahead.next();
            if (!first.isDone()) {
                return first.offset;
            }
            ahead.remove();
        }
        return last;
    }

    /** A record in hand; it is acknowledged from any thread. */
    static final class Held {

        private final long offset;
        private final AtomicInteger inHand;
        private final AtomicBoolean isDone = new AtomicBoolean();

        private Held(long offset, AtomicInteger inHand) {
            this.offset = offset;
            this.inHand = inHand;
        }

        /** Tells how many records are left in hand, or -1 where it was acknowledged before. */
        int acknowledge() {
            return isDone.compareAndSet(false, true) ? inHand.decrementAndGet() : -1;
        }

        private boolean isDone() {
            return isDone.get();
        }
    }
}
