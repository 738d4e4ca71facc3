package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.infrastructure.StaffSettings.SignIn.StaffRole;
import io.miniplane.server.platform.security.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the roles of a member of staff from the claims of their token. */
final class StaffRoles {

    private final String claim;
    private final Map<String, StaffRole> roles;

    StaffRoles(String claim, Map<String, StaffRole> roles) {
        this.claim = claim;
        this.roles = Map.copyOf(roles);
    }

    /** The roles that the claims give; none where the claim is not there, of another type, or names nothing that we know. */
    Set<Role> of(Map<String, Object> claims) {
        Set<Role> found = EnumSet.noneOf(Role.class);
        values(at(claims, claim)).forEach(value -> {
            StaffRole role = roles.get(value);
            if (role != null) {
                found.add(role.role());
            }
        });
        return found;
    }

    /** A name that holds dots comes before a path, and a longer first name before a shorter one. */
    private static @Nullable Object at(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        for (int dot = path.lastIndexOf('.'); whole == null && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                whole = at(inner, path.substring(dot + 1));
            }
        }
        return whole;
    }

    private static Stream<String> values(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Stream.of(text.split("\\s+", -1));
            case Collection<?> list ->
                list.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }
}
