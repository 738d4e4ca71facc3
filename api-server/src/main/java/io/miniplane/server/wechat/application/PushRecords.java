package io.miniplane.server.wechat.application;

import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.events.DomainEvent;
import java.nio.ByteBuffer;
import reactor.core.publisher.Mono;

/** What is remembered of pushes, by all replicas together. */
public interface PushRecords {

    /**
     * Keeps a push as an event unless it was kept before, in one statement and less than a second.
     *
     * @return what came of it, or a {@link Failure} when the database cannot tell in time; nothing or all of it is kept then
     */
    Mono<Kept> keep(Fingerprint fingerprint, DomainEvent event);

    /**
     * By what a push is known again.
     *
     * @param request a hash of what must not come again with another message
     * @param message a hash of what is the same in every delivery of one message
     * @param content a hash of the message
     */
    record Fingerprint(ByteBuffer request, ByteBuffer message, ByteBuffer content) {

        @Override
        public String toString() {
            return "Fingerprint[redacted]";
        }
    }

    /**
     * What came of it.
     *
     * @param isOwn false where the request came before with another message: nothing was kept
     * @param requests how often the request has come, from 1
     * @param deliveries how often the message has come, from 1
     */
    record Kept(boolean isOwn, int requests, int deliveries) {}
}
