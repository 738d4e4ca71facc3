package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileIT {

    private static final Map<String, String> BAND =
            Map.of("nickname", "小明 Band 🎸", "avatarUrl", "https://wx.qlogo.cn/mmopen/1?x=2", "language", "zh-CN");

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
    void aProfileIsKeptAndReplacedAsAWhole() {
        String token = api.logIn(backend.loginCode()).token();
        assertThat(profile(api.call("PUT", Api.ME, token, BAND))).isEqualTo(BAND);
        assertThat(profile(api.me(token))).isEqualTo(BAND);

        Answer replaced = api.call("PUT", Api.ME, token, Map.of("nickname", "Band"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(profile(api.me(token))).isEqualTo(Map.of("nickname", "Band"));
    }

    @Test
    void personalFieldsAreStoredEncryptedOnly() {
        Tokens tokens = api.logIn(backend.loginCode());
        api.call(
                "PUT", Api.ME, tokens.token(), Map.of("nickname", "PlainNickname", "avatarUrl", "https://a.example/p"));
        Map<String, Object> row = row(tokens);
        for (String column : new String[] {"nickname", "avatar_url"}) {
            assertThat(new String((byte[]) row.get(column), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("PlainNickname")
                    .doesNotContain("a.example");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nickname\": \"  \"}                           | nickname  | visible character",
                "{\"nickname\": \"a\\u0000b\"}                    | nickname  | control characters",
                "{\"nickname\": \"LONG\"}                         | nickname  | 64 characters",
                "{\"nickname\": \"a\\ud83d\"}                     | nickname  | visible character",
                "{\"avatarUrl\": \"http://a.example/p\"}          | avatarUrl | https://",
                "{\"avatarUrl\": \"https://a.example/\\ude00\"}   | avatarUrl | https://",
                "{\"avatarUrl\": \"https://\"}                    | avatarUrl | https://",
                "{\"avatarUrl\": \"https://a.example/ p\"}        | avatarUrl | https://",
                "{\"language\": \"zh_CN\"}                        | language  | zh-CN",
                "{\"language\": \"MANY_SUBTAGS\"}                 | language  | language",
                "{\"nickname\": \"x\", \"role\": \"admin\"}       | role      | nickname, avatarUrl and language",
                "{\"nickname\": {\"x\": 1}}                       | nickname  | type"
            })
    void aWrongFieldIsNamedWithItsCure(String body, String field, String cure) {
        String token = api.logIn(backend.loginCode()).token();
        Answer answer = api.call(
                "PUT",
                Api.ME,
                token,
                body.replace("LONG", "x".repeat(65)).replace("MANY_SUBTAGS", "en" + "-a".repeat(200_000)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(40000);
        assertThat(answer.message()).contains(field).contains(cure);
        assertThat(profile(api.me(token))).isEmpty();
    }

    @Test
    void aDeletedAccountIsShreddedAndItsSessionsEnd() {
        String openId = backend.newOpenId();
        Tokens one = api.logIn(backend.loginCode(openId));
        Tokens other = api.logIn(backend.loginCode(openId));
        api.call("PUT", Api.ME, one.token(), BAND);

        assertThat(api.call("DELETE", Api.ME, one.token(), null).status()).isEqualTo(200);
        for (Tokens tokens : List.of(one, other)) {
            assertThat(api.me(tokens.token()).code()).isEqualTo(40104);
            assertThat(api.refresh(tokens.refreshToken()).code()).isEqualTo(40104);
        }
        Map<String, Object> row = row(one);
        assertThat(row.get("deleted_at")).isNotNull();
        for (String column : new String[] {"openid", "unionid", "nickname", "avatar_url", "language"}) {
            assertThat(row.get(column)).as(column).isNull();
        }
        assertThat(backend.rows("SELECT session_key FROM sessions WHERE user_id = '" + one.userId() + "'"))
                .hasSize(2)
                .allSatisfy(session -> assertThat(session.get("session_key")).isNull());
    }

    @Test
    void whoComesBackAfterDeletionIsANewUser() {
        String openId = backend.newOpenId();
        Tokens before = api.logIn(backend.loginCode(openId));
        api.call("PUT", Api.ME, before.token(), BAND);
        api.call("DELETE", Api.ME, before.token(), null);

        Tokens after = api.logIn(backend.loginCode(openId));
        assertThat(after.userId()).isNotEqualTo(before.userId());
        assertThat(profile(api.me(after.token()))).isEmpty();
    }

    private static Map<String, Object> row(Tokens tokens) {
        return backend.rows("SELECT * FROM users WHERE id = '" + tokens.userId() + "'")
                .getFirst();
    }

    private static Map<String, String> profile(Answer answer) {
        Map<String, String> profile = new HashMap<>();
        for (String field : new String[] {"nickname", "avatarUrl", "language"}) {
            if (!answer.data().path(field).isNull()) {
                profile.put(field, answer.data().path(field).asString());
            }
        }
        return profile;
    }
}
