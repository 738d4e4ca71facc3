package io.miniplane.server.identity;

import io.miniplane.server.platform.security.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells the gateway by which names WeChat knows a user; they leave the server but to the team's own container. */
@FunctionalInterface
public interface CallersAtWechat {

    /** The names of a user; empty where the account is deleted or was never there. */
    Mono<Names> names(UserId user);

    /**
     * The names of a user at WeChat; personal, so they show in no log.
     *
     * @param openId names them in this mini-program
     * @param unionId names them in all apps of its owner, or null where WeChat has not told it
     */
    record Names(String openId, @Nullable String unionId) {

        @Override
        public String toString() {
            return "Names[redacted]";
        }
    }
}
