package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaffIssuerOutageIT {

    private static final Duration LONGER_THAN_THE_PAUSE = Duration.ofSeconds(15);

    private static final String VERIFIED = "miniplane_staff_verifications_total\\{[^}]*outcome=\"verified\"} ";

    private Backend backend;
    private StaffIssuer issuer;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = StaffIssuer.start().give("ada", List.of("owners"));
    }

    @AfterEach
    void stop() {
        backend.close();
        issuer.close();
    }

    @Test
    void anIssuerThatIsDownAtTheStartKeepsStaffOutAndNobodyElse() {
        String token = issuer.token("ada");
        issuer.stop();
        Api api = backend.startServer(issuer.settings());
        Answer answer = call(api, token);
        assertThat(answer.code()).isEqualTo(50306);
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("5");
        assertThat(api.me(api.logIn(backend.loginCode()).token()).status()).isEqualTo(200);
        assertThat(api.metrics())
                .contains("outcome=\"issuer_unavailable\"} 1.0")
                .containsPattern(VERIFIED + "0.0");

        issuer.restart();
        await().atMost(LONGER_THAN_THE_PAUSE).until(() -> call(api, token).code() == 40400);
        assertThat(api.metrics()).containsPattern(VERIFIED + "1.0");
    }

    @Test
    void anIssuerThatGoesAwayLaterKeepsOutOnlyWhoComesWithAKeyThatIsNotKnown() {
        Api api = backend.startServer(issuer.settings());
        assertThat(call(api, issuer.token("ada")).code()).isEqualTo(40400);
        String later = issuer.token("ada", claims -> claims.claim("n", 2));
        issuer.rotate(JWSAlgorithm.RS256);
        String unknown = issuer.token("ada");
        issuer.stop();
        assertThat(call(api, later).code()).isEqualTo(40400);
        await().atMost(LONGER_THAN_THE_PAUSE).until(() -> call(api, unknown).code() == 50306);
        issuer.restart();
        await().atMost(LONGER_THAN_THE_PAUSE).until(() -> call(api, unknown).code() == 40400);
    }

    @Test
    void aNewKeyOfTheIssuerIsKnownWithinSecondsWhateverItsAlgorithm() {
        Api api = backend.startServer(issuer.settings());
        String before = issuer.token("ada");
        assertThat(call(api, before).code()).isEqualTo(40400);
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256)) {
            issuer.rotate(algorithm);
            String token = issuer.token("ada");
            await().atMost(LONGER_THAN_THE_PAUSE).until(() -> call(api, token).code() == 40400);
        }
        assertThat(call(api, before).code()).isEqualTo(40400);
    }

    @Test
    void withoutDiscoveryTheAddressOfTheKeysIsToldByConfiguration() {
        Api api = backend.startServer(
                "--miniplane.staff.issuer=" + issuer.address(),
                "--miniplane.staff.audience=" + StaffIssuer.AUDIENCE,
                "--miniplane.staff.roles.owners=admin",
                "--miniplane.staff.jwks-uri=" + issuer.address() + "/oauth2/jwks");
        assertThat(call(api, issuer.token("ada")).code()).isEqualTo(40400);
    }

    @Test
    void whereStaffCannotSignInTheirTokensAreNobodys() {
        Api api = backend.startServer();
        Answer answer = call(api, issuer.token("ada"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(40102);
        assertThat(issuer.questions()).isZero();
    }

    private static Answer call(Api api, String token) {
        return api.call("GET", "/api/v1/nothing-here", token, null);
    }
}
