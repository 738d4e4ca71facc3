package io.miniplane.server.platform.events;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a part of the list of dead letters ends: an event can be dead in several queues, so it takes both.
 *
 * @param position the place in the outbox of the last letter
 * @param queue its queue
 */
record DeadLetterCursor(long position, String queue) {

    private static final ErrorCode WRONG_CURSOR = new ErrorCode(40041);
    private static final char BETWEEN = '/';

    /** What a caller sends back as {@code after}. */
    String text() {
        byte[] bytes = (position + "/" + queue).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws Failure 40041 when it is none of ours */
    static DeadLetterCursor of(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int between = decoded.indexOf(BETWEEN);
            DeadLetterCursor cursor = between < 0
                    ? null
                    : new DeadLetterCursor(
                            Long.parseLong(decoded.substring(0, between)), decoded.substring(between + 1));
            if (cursor != null && cursor.text().equals(text) && DeadLetter.isQueue(cursor.queue())) {
                return cursor;
            }
        } catch (IllegalArgumentException malformed) {
            throw new Failure(WRONG_CURSOR);
        }
        throw new Failure(WRONG_CURSOR);
    }
}
