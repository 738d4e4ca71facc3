package io.miniplane.operator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the pods of one backend share: rows that any may read, tokens that any may be shown, and how far the rows have come under new keys. */
final class KeyedData {

    /** How long a token is good for: longer than a phase has to last, so that old keys are needed after it. */
    static final Duration TOKEN_LIFETIME = Duration.ofSeconds(12);

    private static final int ROWS = 2000;
    private static final int MISHAPS = 10;

    private final Map<UUID, Row> rows = new ConcurrentHashMap<>();
    private final List<UUID> ids = Stream.generate(UUID::randomUUID).limit(ROWS).toList();
    private final Queue<Token> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<String> mishaps = new ConcurrentLinkedQueue<>();
    private final AtomicLong reads = new AtomicLong();
    private volatile Pass completed = new Pass(0, 0, Instant.EPOCH);

    /** One row: a value under a data key and its digest under an index key. */
    static final class Row {

        private final byte[] sealed;
        private final byte[] hash;

        Row(byte[] sealed, byte[] hash) {
            this.sealed = sealed;
            this.hash = hash;
        }

        byte[] sealed() {
            return sealed;
        }

        byte[] hash() {
            return hash;
        }
    }

    /** A token and when it ends. */
    record Token(String text, Instant expiresAt) {}

    /** A pass over all rows that found nothing to change. */
    record Pass(long dataKey, long indexKey, Instant startedAt) {}

    List<UUID> ids() {
        return ids;
    }

    UUID anyId() {
        return ids.get(ThreadLocalRandom.current().nextInt(ROWS));
    }

    void write(UUID id, Row row) {
        rows.put(id, row);
    }

    boolean replace(UUID id, Row old, Row fresh) {
        return rows.replace(id, old, fresh);
    }

    Map<UUID, Row> rows() {
        return rows;
    }

    void issue(Token token) {
        tokens.add(token);
    }

    /** One of the tokens that are good for a moment at least. */
    Optional<Token> anyToken() {
        Instant soon = Instant.now().plusMillis(200);
        tokens.removeIf(token -> token.expiresAt().isBefore(soon));
        long skip = tokens.isEmpty() ? 0 : ThreadLocalRandom.current().nextInt(tokens.size());
        return tokens.stream().skip(skip).findFirst();
    }

    void complete(Pass pass) {
        completed = pass;
    }

    Pass completed() {
        return completed;
    }

    void countRead() {
        reads.incrementAndGet();
    }

    long reads() {
        return reads.get();
    }

    /** A pod met something under a key that it hasn't loaded. */
    void mishap(String what) {
        if (mishaps.size() < MISHAPS) {
            mishaps.add(what);
        }
    }

    List<String> mishaps() {
        return List.copyOf(mishaps);
    }

    /** The id that Tink writes before what a key made. */
    static long keyOf(byte[] made) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(made, 1, Integer.BYTES).getInt());
    }
}
