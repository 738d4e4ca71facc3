package io.miniplane.server.identity.infrastructure;

import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads of a token, before anything in it is believed, only whom it says to be from: that tells who is to verify it. */
final class UnverifiedIssuer {

    private static final JsonMapper JSON = JsonMapper.shared();

    private UnverifiedIssuer() {}

    /** The {@code iss} of a JSON Web Token; empty where there is none, or no such token. */
    static Optional<String> of(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        try (JsonParser claims = JSON.createParser(Base64.getUrlDecoder().decode(token.substring(first + 1, second)))) {
            return issuer(claims);
        } catch (IllegalArgumentException | JacksonException notReadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> issuer(JsonParser claims) {
        if (claims.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (claims.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean named = claims.currentName().equals("iss");
            JsonToken value = claims.nextToken();
            if (named) {
                return value == JsonToken.VALUE_STRING ? Optional.of(claims.getString()) : Optional.empty();
            }
            claims.skipChildren();
        }
        return Optional.empty();
    }
}
