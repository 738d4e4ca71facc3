package io.miniplane.simulator.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** The last 1,000 messages that apps sent to users. */
public final class SentMessages {

    private static final int KEPT = 1000;

    private final AtomicLong ids = new AtomicLong(1_000_000_000_000L);
    private final Deque<SentMessage> last = new ArrayDeque<>();

    SentMessages() {}

    /**
     * One message.
     *
     * @param id counts up
     * @param at when
     * @param appId who sent it
     * @param openId who got it
     * @param kind {@code subscribe} or {@code customer}
     * @param content the body of the call
     */
    public record SentMessage(long id, Instant at, String appId, String openId, String kind, JsonNode content) {}

    /** Remembers a message. */
    public synchronized SentMessage add(Instant at, String appId, String openId, String kind, JsonNode content) {
        SentMessage message = new SentMessage(ids.incrementAndGet(), at, appId, openId, kind, content);
        last.addLast(message);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        return message;
    }

    /** The messages, oldest first. */
    public synchronized List<SentMessage> all() {
        return List.copyOf(last);
    }

    /** Forgets all. */
    public synchronized void clear() {
        last.clear();
    }
}
