package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

class StaffSignInIT {

    private static Backend backend;
    private static StaffIssuer issuer;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = StaffIssuer.start().give("ada", List.of("owners", "chess-club"));
        api = backend.startServer(issuer.settings());
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
    }

    @Test
    void staffIsLetInByTheRoleThatTheIssuerGives() {
        admitted(issuer.token("ada"));
        issuer.give("sue", "helpdesk");
        admitted(issuer.token("sue"));
    }

    @Test
    void aRoleThatWasWithdrawnIsGoneFromTheNextToken() {
        issuer.give("tom", List.of("helpdesk"));
        admitted(issuer.token("tom"));
        issuer.give("tom", List.of("chess-club"));
        refused(40300, issuer.token("tom"));
    }

    @Test
    void whoHasNoRoleHereMayNothing() {
        refused(40300, issuer.token("stranger"));
        issuer.give("odd", Map.of("owners", true));
        refused(40300, issuer.token("odd"));
        issuer.give("user", List.of("user"));
        refused(40300, issuer.token("user"));
    }

    @Test
    void staffIsNoUser() {
        assertThat(api.me(issuer.token("ada")).code()).isEqualTo(40300);
    }

    @Test
    void whoSignsInWithTheirBrowserIsLetInByTheirAccessTokenAndNotByTheirIdToken() {
        var answer = issuer.signIn("ada");
        admitted(answer.path("access_token").asString());
        refused(40103, answer.path("id_token").asString());
    }

    @Test
    void aTokenOutOfItsTimeIsRefused() {
        Instant now = Instant.now();
        refused(40101, changed(claims -> claims.issuedAt(now.minusSeconds(600)).expiresAt(now.minusSeconds(60))));
        refused(40101, changed(claims -> claims.issuedAt(now.minus(Duration.ofHours(3)))));
        refused(40102, changed(claims -> claims.notBefore(now.plusSeconds(90))));
        refused(40102, changed(claims -> claims.issuedAt(now.plusSeconds(90)).notBefore(now.plusSeconds(90))));
        admitted(changed(claims -> claims.issuedAt(now.minusSeconds(600)).expiresAt(now.minusSeconds(5))));
    }

    @Test
    void aTokenForAnotherAudienceOrOfAnotherIssuerIsRefused() {
        refused(40103, changed(claims -> claims.audience(List.of("https://else.example"))));
        refused(40102, changed(claims -> claims.issuer("https://else.example")));
        admitted(changed(claims -> claims.audience(List.of("https://else.example", StaffIssuer.AUDIENCE))));
    }

    @Test
    void anIdTokenForTheSameAudienceIsToldApart() {
        refused(40107, changed(claims -> claims.claim("at_hash", "x")));
        refused(40107, changed(claims -> claims.claim("typ", "ID")));
        refused(40107, changed(claims -> claims.claim("events", Map.of())));
    }

    @Test
    void aForgedTokenIsRefused() throws Exception {
        String key = issuer.signingKey().getKeyID();
        var other = new RSAKeyGenerator(2048).keyID(key).generate();
        JWSHeader rs256 = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key).build();
        refused(40102, signed(rs256, new RSASSASigner(other)));
        byte[] publicKey = issuer.signingKey().toRSAKey().toRSAPublicKey().getEncoded();
        JWSHeader hs256 = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key).build();
        refused(40102, signed(hs256, new MACSigner(publicKey)));
        refused(40102, new PlainJWT(claims()).serialize());
        JWSHeader rs512 = new JWSHeader.Builder(JWSAlgorithm.RS512).keyID(key).build();
        refused(40102, signed(rs512, new RSASSASigner(issuer.signingKey().toRSAKey())));
        JWSHeader own = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(other.toPublicJWK())
                .build();
        refused(40102, signed(own, new RSASSASigner(other)));
        String good = issuer.token("ada");
        refused(40102, good.substring(0, good.length() - 5));
    }

    @Test
    void theTokenThatForgeriesStartFromIsGoodWhenTheIssuerSignsIt() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(issuer.signingKey().getKeyID())
                .build();
        admitted(signed(header, new RSASSASigner(issuer.signingKey().toRSAKey())));
    }

    @Test
    void keysThatNobodyKnowsDoNotMakeUsAskTheIssuerEachTime() throws Exception {
        admitted(issuer.token("ada"));
        var other = new RSAKeyGenerator(2048).generate();
        int before = issuer.questions();
        for (int i = 0; i < 20; i++) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID("unknown-" + i)
                    .build();
            refused(40102, signed(header, new RSASSASigner(other)));
        }
        assertThat(issuer.questions() - before).isLessThanOrEqualTo(2);
    }

    private static String signed(JWSHeader header, JWSSigner signer) throws Exception {
        SignedJWT jwt = new SignedJWT(header, claims());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer.address())
                .audience(StaffIssuer.AUDIENCE)
                .subject("mallory")
                .claim("roles", List.of("owners"))
                .issueTime(java.util.Date.from(Instant.now()))
                .expirationTime(java.util.Date.from(Instant.now().plusSeconds(60)))
                .build();
    }

    private static String changed(java.util.function.Consumer<JwtClaimsSet.Builder> change) {
        return issuer.token("ada", change);
    }

    /** An address with nothing behind it says so to whoever has a token that opens anything. */
    private static void admitted(String token) {
        Answer answer = api.call("GET", "/api/v1/nothing-here", token, null);
        assertThat(answer.code()).as(answer.message()).isEqualTo(40400);
    }

    private static void refused(int code, String token) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Answer answer = api.call("GET", "/api/v1/nothing-here", token, null);
            assertThat(answer.code()).as(answer.message()).isEqualTo(code);
            assertThat(answer.status()).isEqualTo(code / 100);
            assertThat(answer.body().toString()).doesNotContain(token);
        }
    }
}
