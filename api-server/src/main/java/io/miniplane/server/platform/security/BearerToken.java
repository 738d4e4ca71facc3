package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Reads the access token of a request from its {@code Authorization} header (RFC 6750). */
public final class BearerToken {

    static final ErrorCode MISSING = new ErrorCode(40100);
    static final ErrorCode INVALID = new ErrorCode(40102);

    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 8192;

    private BearerToken() {}

    /**
     * The token, or empty where the header is not there or of another scheme.
     *
     * @throws Failure 40102 when what follows {@code Bearer} cannot be one of our tokens
     */
    public static Optional<String> of(HttpHeaders headers) {
        String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = header.substring(SCHEME.length()).strip();
        if (token.isEmpty() || token.length() > LONGEST) {
            throw new Failure(INVALID);
        }
        return Optional.of(token);
    }

    /**
     * The token of a request that must have one.
     *
     * @throws Failure 40100 when there is none, 40102 when it cannot be one of ours
     */
    public static String required(HttpHeaders headers) {
        return of(headers).orElseThrow(() -> new Failure(MISSING));
    }
}
