package io.miniplane.server.identity;

import io.miniplane.server.platform.ClientOrigin;
import reactor.core.publisher.Mono;

/** Logs users in on behalf of other modules, by the same rules and with the same failures as {@code POST /auth/login}. */
@FunctionalInterface
public interface CodeLogin {

    /**
     * Exchanges a code for tokens.
     *
     * @param code the code that {@code wx.login} gave
     * @param origin where the user comes from
     * @param userAgent what their client says it is, or nothing
     * @return the tokens, or the failure that a login answers
     */
    Mono<Tokens> logIn(String code, ClientOrigin origin, String userAgent);

    /**
     * What a login gives.
     *
     * @param access opens the API; never logged
     * @param expires until when, in Unix seconds
     * @param refresh serves once to get the next pair; never logged
     */
    record Tokens(String access, long expires, String refresh) {

        @Override
        public String toString() {
            return "Tokens[redacted]";
        }
    }
}
