package io.miniplane.server.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallerTest {

    @Test
    void aUserIsAUserAndNothingElse() {
        Caller user = new Caller.User(new UserId(UUID.randomUUID()), new SessionId(UUID.randomUUID()));
        assertThat(user.roles()).containsExactly(Role.USER);
    }

    @Test
    void staffIsNeverAUser() {
        assertThat(new Caller.Staff("https://login.example", "s1", Set.of(Role.ADMIN)).roles())
                .containsExactly(Role.ADMIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Caller.Staff("https://login.example", "s1", Set.of(Role.ADMIN, Role.USER)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Caller.Staff("https://login.example", "s1", Set.of()));
    }
}
