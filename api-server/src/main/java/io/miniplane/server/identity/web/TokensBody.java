package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.SessionTokens;
import java.util.UUID;

/** What a login or a refresh answers; {@code expires} is in Unix seconds. */
record TokensBody(String token, long expires, UUID userId, String refreshToken) {

    static TokensBody of(SessionTokens tokens) {
        return new TokensBody(
                tokens.accessToken().text(),
                tokens.accessToken().expiresAt().getEpochSecond(),
                tokens.userId().value(),
                tokens.refreshToken());
    }

    @Override
    public String toString() {
        return "TokensBody[redacted]";
    }
}
