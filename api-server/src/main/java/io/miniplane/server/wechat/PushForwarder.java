package io.miniplane.server.wechat;

import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Hands pushed messages on as WeChat wrote them. A module contributes it as a bean; it has a queue of its own beside those of the {@link PushHandler}s.
 */
public interface PushForwarder {

    /** The name of its queue after {@code wechat-push.}, lower-case letters, digits and hyphens. It is stored, so it is not renamed lightly. */
    String name();

    /** A {@code MsgType}, {@code event} for all events, or the name of an event; none: every kind that no {@link PushHandler} wants. */
    Set<String> kinds();

    /** Hands one message on; an error means that it shall be tried again. */
    Mono<Void> forward(Message message);

    /**
     * A message that WeChat pushed.
     *
     * @param sender the openid of the user whom it concerns, or WeChat's own id
     * @param json all of it as a JSON object, whichever form it came in
     */
    record Message(String sender, String json) {

        @Override
        public String toString() {
            return "Message[redacted]";
        }
    }
}
