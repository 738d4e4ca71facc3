package io.miniplane.server.platform.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; mini-program users are {@link #USER}, the others are staff. */
public enum Role {
    /** A user of the mini-program. */
    USER,
    /** Staff that reads. */
    SUPPORT,
    /** Staff that runs the shop. */
    OPERATOR,
    /** Staff that may do everything. */
    ADMIN;

    /** The name in tokens: lower case. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a name in a token, or empty where this version knows no such role. */
    public static Optional<Role> ofClaim(String claim) {
        return Arrays.stream(values())
                .filter(role -> role.claim().equals(claim))
                .findFirst();
    }
}
