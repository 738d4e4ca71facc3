package io.miniplane.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What makes a POST safe to send again: the header {@code Idempotency-Key}, and what was asked for under it. The table of what is made keeps both
 * beside the user, the key unique among those of a user, so that one insert decides which of many requests makes it; the others answer what that one
 * made.
 *
 * @param value the key as the client chose it, 1 to {@value #LONGEST} visible ASCII characters, without the quotes that may surround it
 * @param digest SHA-256 of the body's meaning as hexadecimal digits: neither the order of its fields nor unknown ones count
 */
public record IdempotencyKey(String value, String digest) {

    /** The header. */
    public static final String HEADER = "Idempotency-Key";

    /** The most characters of a key. */
    public static final int LONGEST = 128;

    private static final ErrorCode MALFORMED = new ErrorCode(40062);
    private static final ErrorCode OTHER_BODY = new ErrorCode(40930);
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /**
     * The key of a request with a body, or null where it has none.
     *
     * @param body the body as it was read
     * @throws Failure 40062 when the header is no key, or is there twice
     */
    public static @Nullable IdempotencyKey of(ServerRequest request, Object body) {
        return switch (request.headers().header(HEADER).size()) {
            case 0 -> null;
            case 1 -> of(request.headers().header(HEADER).getFirst(), body);
            default -> throw new Failure(MALFORMED, LONGEST);
        };
    }

    private static IdempotencyKey of(String header, Object body) {
        boolean isQuoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        String value = isQuoted ? header.substring(1, header.length() - 1) : header;
        if (!value.matches("[!#-~]{1," + LONGEST + "}")) {
            throw new Failure(MALFORMED, LONGEST);
        }
        return new IdempotencyKey(value, sha256(CANONICAL.writeValueAsString(body)));
    }

    /**
     * Says whether what was made under the key was asked for by the same body.
     *
     * @throws Failure 40930 when it was another
     */
    public void requireSame(String storedDigest) {
        if (!digest.equals(storedDigest)) {
            throw new Failure(OTHER_BODY);
        }
    }

    private static String sha256(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
