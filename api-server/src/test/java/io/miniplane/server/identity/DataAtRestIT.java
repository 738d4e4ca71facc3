package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Dump;
import io.miniplane.simulator.SimulatorOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DataAtRestIT {

    private static final String PHONE = Api.ME + "/phone";

    private Backend backend;
    private Api api;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void aDumpShowsNoPhoneNumberNoNameNoSessionKeyNoTokenAndNoSecret() throws Exception {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            secrets.addAll(
                    secretsOf("1380013800" + i, "王小明 the " + i + "th", "https://cdn.example/avatar-" + i + ".png"));
        }
        secrets.add(SimulatorOptions.TRIAL_SECRET);
        secrets.add(accessTokenOfWechat());

        Dump dump = Dump.of(backend);
        assertThat(dump.tables()).contains("public.users", "public.sessions", "public.outbox", "public.reencryption");
        assertThat(secrets).hasSize(5 * 7 + 2).noneMatch(dump::shows);
        assertThat(rawSessionKeys(secrets)).hasSize(5).noneMatch(dump::shows);
    }

    @Test
    void theSearchFindsWhatIsThere() {
        String canary = "13912345678";
        byte[] utf8 = canary.getBytes(StandardCharsets.UTF_8);
        List<String> forms = List.of(
                "decode('" + HexFormat.of().formatHex(utf8) + "', 'hex')",
                "decode('" + HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_16LE)) + "', 'hex')",
                "decode('" + HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_16BE)) + "', 'hex')",
                "'" + canary + "'::bytea",
                "'" + HexFormat.of().formatHex(utf8) + "'::bytea",
                "'" + Base64.getEncoder().encodeToString(utf8) + "'::bytea",
                "'" + Base64.getUrlEncoder().encodeToString(("x" + canary + "y").getBytes(StandardCharsets.UTF_8))
                        + "'::bytea",
                "'" + Base64.getEncoder().encodeToString(("xy" + canary + "z").getBytes(StandardCharsets.UTF_8))
                        + "'::bytea");
        backend.execute("CREATE TABLE canary (value bytea)");
        for (String form : forms) {
            assertThat(Dump.of(backend).shows(canary)).as("before " + form).isFalse();
            backend.execute("INSERT INTO canary VALUES (" + form + ")");
            assertThat(Dump.of(backend).shows(canary)).as(form).isTrue();
            backend.execute("DELETE FROM canary");
        }
        backend.execute("SELECT lo_from_bytea(0, '" + canary + "')");
        assertThat(Dump.of(backend).shows(canary)).as("a large object").isTrue();
    }

    @Test
    void ciphertextsThatChangedPlacesOpenNeitherRowAndTellNothing() {
        Tokens ann = api.logIn(backend.loginCode());
        Tokens bob = api.logIn(backend.loginCode());
        api.call("PUT", Api.ME, ann.token(), Map.of("nickname", "Ann Secretive"));
        api.call("PUT", Api.ME, bob.token(), Map.of("nickname", "Bob Secretive"));
        String swap = "UPDATE users a SET nickname = b.nickname FROM users b WHERE a.id <> b.id";
        backend.execute(swap);

        for (Tokens tokens : List.of(ann, bob)) {
            Answer answer = api.me(tokens.token());
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo(50000);
            assertThat(answer.response().body()).doesNotContain("Secretive", "nickname", "ecrypt", "Tink", "Exception");
        }

        backend.execute(swap);
        assertThat(api.me(ann.token()).data().path("nickname").asString()).isEqualTo("Ann Secretive");
        assertThat(api.me(bob.token()).data().path("nickname").asString()).isEqualTo("Bob Secretive");
    }

    /** What a user has that nobody else may know, all of it through the API. */
    private List<String> secretsOf(String number, String name, String avatar) {
        String openId = backend.newOpenId();
        backend.simulator().control().putUser(openId, null, number, false);
        Tokens login = api.logIn(backend.loginCode(openId));
        assertThat(api.call("PUT", Api.ME, login.token(), Map.of("nickname", name, "avatarUrl", avatar))
                        .status())
                .isEqualTo(200);
        String code = backend.simulator().control().phoneCode(SimulatorOptions.TRIAL_APP_ID, openId);
        Answer bound = api.call("PUT", PHONE, login.token(), Map.of("code", code));
        assertThat(bound.status()).as("%s", bound.body()).isEqualTo(200);
        String sessionKey = backend.simulator()
                .control()
                .liveSessionKey(SimulatorOptions.TRIAL_APP_ID, openId)
                .orElseThrow();
        Tokens refreshed = Api.tokens(api.refresh(login.refreshToken()));
        return List.of(
                number, name, avatar, sessionKey, refreshed.token(), refreshed.refreshToken(), login.refreshToken());
    }

    /** The token that the server has: who asks again within its life gets the same one. */
    private String accessTokenOfWechat() throws Exception {
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "grant_type", "client_credential",
                        "appid", SimulatorOptions.TRIAL_APP_ID,
                        "secret", SimulatorOptions.TRIAL_SECRET));
        HttpRequest request = HttpRequest.newBuilder(
                        backend.simulator().baseUri().resolve("/cgi-bin/stable_token"))
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(request, BodyHandlers.ofString()).body();
            String token =
                    JsonMapper.shared().readTree(answer).path("access_token").asString();
            assertThat(token).hasSizeGreaterThan(20);
            return token;
        }
    }

    private static List<byte[]> rawSessionKeys(List<String> secrets) {
        return IntStream.range(0, secrets.size() / 7)
                .mapToObj(user -> Base64.getDecoder().decode(secrets.get(7 * user + 3)))
                .toList();
    }
}
