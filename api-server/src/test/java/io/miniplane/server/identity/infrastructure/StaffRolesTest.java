package io.miniplane.server.identity.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.identity.infrastructure.StaffSettings.SignIn.StaffRole;
import io.miniplane.server.platform.security.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StaffRolesTest {

    private static final Map<String, StaffRole> ROLES =
            Map.of("desk", StaffRole.SUPPORT, "floor", StaffRole.OPERATOR, "Shop Owners", StaffRole.ADMIN);

    @Test
    void aClaimIsAListOrATextOfNames() {
        assertThat(roles("roles", Map.of("roles", List.of("desk", "chess", "Shop Owners"))))
                .containsExactlyInAnyOrder(Role.SUPPORT, Role.ADMIN);
        assertThat(roles("roles", Map.of("roles", "desk  floor")))
                .containsExactlyInAnyOrder(Role.SUPPORT, Role.OPERATOR);
    }

    @Test
    void aClaimIsFoundByItsPathAndByANameWithDots() {
        Map<String, Object> realm = Map.of("realm_access", Map.of("roles", List.of("desk")));
        assertThat(roles("realm_access.roles", realm)).containsExactly(Role.SUPPORT);
        assertThat(roles("https://shop.example/roles", Map.of("https://shop.example/roles", List.of("floor"))))
                .containsExactly(Role.OPERATOR);
        Map<String, Object> client = Map.of("resource_access", Map.of("shop.api", Map.of("roles", List.of("desk"))));
        assertThat(roles("resource_access.shop.api.roles", client)).containsExactly(Role.SUPPORT);
    }

    @Test
    void whatIsNotThereOrOfAnotherTypeGivesNothing() {
        for (Object value :
                new Object[] {Map.of("desk", true), 7, true, List.of(List.of("desk"), 7), "", "user admin"}) {
            assertThat(roles("roles", Map.of("roles", value))).as("%s", value).isEmpty();
        }
        assertThat(roles("a.b", Map.of("a", "desk"))).isEmpty();
        assertThat(roles("a.", Map.of())).isEmpty();
        assertThat(roles(".", Map.of())).isEmpty();
    }

    private static Set<Role> roles(String claim, Map<String, Object> claims) {
        return new StaffRoles(claim, ROLES).of(claims);
    }
}
