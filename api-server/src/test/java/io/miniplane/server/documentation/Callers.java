package io.miniplane.server.documentation;

import io.miniplane.server.platform.security.Role;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Who may call an operation.
 *
 * @param roles one of them is needed; none where anybody may call
 */
record Callers(Set<Role> roles) {

    /** Reads {@code callers}, a list of roles or the word anybody. */
    static Callers of(JsonNode operation) {
        JsonNode told = operation.path("callers");
        if (told.isArray() && !told.isEmpty()) {
            return new Callers(told.valueStream()
                    .map(role -> Role.ofClaim(role.asString()).orElseThrow())
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))));
        }
        if (!told.asString("").equals("anybody")) {
            throw new IllegalStateException("callers is a list of roles, or anybody: " + operation);
        }
        return new Callers(Set.of());
    }

    boolean areUsers() {
        return roles.contains(Role.USER);
    }

    boolean areStaff() {
        return roles.stream().anyMatch(role -> role != Role.USER);
    }

    /** The alternatives of the security requirement, none where anybody may call. */
    void require(ArrayNode security) {
        if (areUsers()) {
            security.addObject().putArray("userToken");
        }
        if (areStaff()) {
            ArrayNode names = security.addObject().putArray("staffToken");
            roles.stream().filter(role -> role != Role.USER).forEach(role -> names.add(role.claim()));
        }
    }
}
