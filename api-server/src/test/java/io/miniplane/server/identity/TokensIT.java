package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.KeysetHandle;
import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.SimulatorOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokensIT {

    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aTokenSaysWhoseItIsAndForWhat() {
        Tokens login = api.logIn(backend.loginCode());
        JsonNode claims = part(login.token(), 1);
        assertThat(part(login.token(), 0).path("alg").asString()).isEqualTo("ES256");
        assertThat(claims.path("iss").asString()).isEqualTo("miniplane");
        assertThat(claims.path("aud").asString()).isEqualTo(SimulatorOptions.TRIAL_APP_ID);
        assertThat(claims.path("sub").asString()).isEqualTo(login.userId());
        assertThat(UUID.fromString(claims.path("sid").asString()).version()).isEqualTo(7);
        assertThat(claims.path("roles").toString()).isEqualTo("[\"user\"]");
        assertThat(claims.path("exp").asLong()).isEqualTo(login.expires());
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(7200);
    }

    @Test
    void withoutATokenNothingIsSaidButThatOneIsNeeded() {
        for (String path : new String[] {Api.ME, "/api/v1/users", "/no/such/path", "/metrics"}) {
            Answer answer = api.call("GET", path, null, null);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.code()).isEqualTo(40100);
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer");
        }
    }

    @Test
    void loggingOutWithoutATokenIsChallengedToo() {
        Answer answer = api.call("POST", "/api/v1/auth/logout", null, null);
        assertThat(answer.code()).isEqualTo(40100);
        assertThat(answer.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void anExpiredTokenIsToldApart() {
        refused(40101, Forge.sign(keys(), jwt -> jwt.setExpiration(Instant.now().minusSeconds(1))));
    }

    @Test
    void aTokenForAnotherAudienceOrOfAnotherIssuerIsToldApart() {
        refused(40103, Forge.sign(keys(), jwt -> jwt.setAudience("wxffffffffffffffff")));
        refused(40103, Forge.sign(keys(), jwt -> jwt.setIssuer("somebody")));
    }

    @Test
    void aTokenThatIsNotGenuineIsRefused() {
        String good = Forge.sign(keys(), jwt -> jwt.setSubject("11111111-1111-7111-8111-111111111111"));
        refused(40102, Forge.sign(KeysetDirectory.fresh("jwt"), jwt -> jwt));
        refused(40102, Forge.withSubject(good, "11111111-1111", "22222222-1111"));
        refused(40102, Forge.withHeader(good, "{\"alg\":\"none\"}", false));
        refused(40102, Forge.withHeader(good, "{\"alg\":\"none\"}", true));
        refused(40102, Forge.withHeader(good, "{\"alg\":\"HS256\",\"kid\":\"" + kid(good) + "\"}", true));
        refused(40102, good.substring(0, good.length() - 4));
        refused(40102, "no.such.token");
        refused(40102, "x");
        refused(40102, Forge.sign(keys(), jwt -> jwt.setSubject("root")));
    }

    @Test
    void theGoodTokenThatTheForgeryStartsFromIsAcceptedAsSuch() {
        // Its user does not exist, which only shows after the token has passed.
        refused(40104, Forge.sign(keys(), jwt -> jwt));
        assertThat(api.call("GET", "/api/v1/nothing-here", Forge.sign(keys(), jwt -> jwt), null)
                        .code())
                .isEqualTo(40400);
    }

    @Test
    void thePublicKeysVerifyTokensAndHoldNothingPrivate() throws Exception {
        Tokens login = api.logIn(backend.loginCode());
        var response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(jwksAddress()).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("max-age=300, public");
        com.nimbusds.jose.jwk.JWKSet keys = com.nimbusds.jose.jwk.JWKSet.parse(response.body());
        assertThat(keys.getKeys()).noneMatch(com.nimbusds.jose.jwk.JWK::isPrivate);
        var key = keys.getKeyByKeyId(kid(login.token())).toECKey();
        assertThat(com.nimbusds.jwt.SignedJWT.parse(login.token())
                        .verify(new com.nimbusds.jose.crypto.ECDSAVerifier(key)))
                .isTrue();
    }

    @Test
    void aRotationKeepsTokensAndARemovedKeyEndsThem() {
        Tokens old = api.logIn(backend.loginCode());
        KeysetHandle before = keys();
        assertThat(api.me(old.token()).status()).isEqualTo(200);

        backend.keys().rotate("jwt");
        await().until(() -> !kid(api.logIn(backend.loginCode()).token()).equals(kid(old.token())));
        assertThat(api.me(old.token()).status()).isEqualTo(200);
        assertThat(api.me(old.token()).status()).isEqualTo(200);

        backend.keys().replace("jwt");
        await().until(() -> api.me(old.token()).code() == 40102);
        assertThat(keys().equalsKeyset(before)).isFalse();
        assertThat(api.me(api.logIn(backend.loginCode()).token()).status()).isEqualTo(200);
    }

    private static void refused(int code, String token) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Answer answer = api.me(token);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.body().toString()).doesNotContain(token);
        }
    }

    private static KeysetHandle keys() {
        return backend.keys().read("jwt");
    }

    private static URI jwksAddress() {
        return api.base().resolve("/.well-known/jwks.json");
    }

    private static String kid(String token) {
        return part(token, 0).path("kid").asString();
    }

    private static JsonNode part(String token, int index) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
    }
}
