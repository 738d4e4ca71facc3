package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.TestLog;
import io.miniplane.server.stage.WechatData;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.device.Flaw;
import io.miniplane.simulator.device.SealedProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ProfileVerificationIT {

    private static final String PROFILE = Api.ME + "/profile";
    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final Map<String, Object> BAND = Map.of(
            "nickName", "Band 🎸",
            "gender", 1,
            "language", "zh_CN",
            "city", "",
            "avatarUrl", "http://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0/0");

    private static Backend backend;
    private static Api api;
    private static Control wechat;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer();
        wechat = backend.simulator().control();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void whatAPhoneGivesIsTakenOverAsTheVerifiedProfile() {
        User user = user();
        SealedProfile given = wechat.device().profile(APP, user.openId, null);
        Answer verified = verify(
                user,
                Map.of(
                        "rawData", given.rawData(),
                        "signature", given.signature(),
                        "encryptedData", given.encryptedData(),
                        "iv", given.iv()));
        assertThat(verified.status()).isEqualTo(200);
        assertThat(verified.data().path("verified").asBoolean()).isTrue();
        assertThat(verified.data().path("nickname").asString())
                .isEqualTo(JsonMapper.shared()
                        .readTree(given.rawData())
                        .path("nickName")
                        .asString());
        assertThat(verified.data().path("language").asString()).isEqualTo("zh-CN");
        assertThat(api.me(user.token()).data()).isEqualTo(verified.data());
    }

    @Test
    void theFieldsAreStoredEncryptedAndAnAvatarIsFetchedByHttps() {
        User user = user();
        Answer verified = verify(user, user.sealed(BAND, BAND, Map.of()));
        assertThat(verified.data().path("nickname").asString()).isEqualTo("Band 🎸");
        assertThat(verified.data().path("avatarUrl").asString()).startsWith("https://wx.qlogo.cn/");
        Map<String, Object> row = row(user);
        assertThat(new String((byte[]) row.get("nickname"), StandardCharsets.UTF_8))
                .doesNotContain("Band");
        assertThat(row.get("profile_verified_at")).isNotNull();
    }

    @Test
    void anOwnChangeOfTheProfileClearsTheMark() {
        User user = user();
        assertThat(api.me(user.token()).data().path("verified").asBoolean()).isFalse();
        verify(user, user.sealed(BAND, BAND, Map.of()));
        Answer changed = api.call("PUT", Api.ME, user.token(), Map.of("nickname", "Somebody else"));
        assertThat(changed.data().path("verified").asBoolean()).isFalse();
        assertThat(api.me(user.token()).data().path("verified").asBoolean()).isFalse();
        assertThat(row(user).get("profile_verified_at")).isNull();
    }

    @Test
    void theUnionIdIsTakenInAndNeverShown() {
        User user = user();
        assertThat(row(user).get("unionid")).isNull();
        Answer verified = verify(user, user.sealed(BAND, BAND, Map.of("unionId", "ocMvos6NjeKLIBqg5Mr9QjxrP1FA")));
        assertThat(row(user).get("unionid")).isEqualTo("ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
        assertThat(verified.response().body() + api.me(user.token()).response().body())
                .doesNotContain("ocMvos6NjeKLIBqg5Mr9QjxrP1FA")
                .doesNotContain(user.openId);

        verify(user, user.sealed(BAND, BAND, Map.of()));
        assertThat(row(user).get("unionid")).isEqualTo("ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
    }

    @Test
    void dataOfSomebodyElseOrOfTwoMindsIsRefused() {
        User user = user();
        refused(40032, verify(user, user.sealed(BAND, BAND, Map.of("openId", "oGZUI0egBJY1zhBYw2KhdUfwVJJE"))));
        for (String field : BAND.keySet()) {
            Map<String, Object> other = new HashMap<>(BAND);
            other.put(field, "other");
            refused(40032, verify(user, user.sealed(other, BAND, Map.of())));
            other.remove(field);
            refused(40032, verify(user, user.sealed(other, BAND, Map.of())));
        }
        refused(40032, verify(user, body(wechat.device().profile(APP, user.openId, Flaw.OTHER_APP))));
        assertThat(row(user).get("nickname")).isNull();
        assertThat(row(user).get("profile_verified_at")).isNull();
    }

    @Test
    void dataThatDoesNotNameItsUserIsTheirsByTheKey() {
        User user = user();
        Map<String, Object> nameless = new HashMap<>();
        nameless.put("openId", null);
        assertThat(verify(user, user.sealed(BAND, BAND, nameless)).status()).isEqualTo(200);
    }

    @Test
    void oldDataIsToBeGotAnew() {
        User user = user();
        refused(40031, verify(user, body(wechat.device().profile(APP, user.openId, Flaw.OLD))));
    }

    @Test
    void aWrongKeyAWrongSignatureBadPaddingAndBadJsonLookTheSame() {
        User user = user();
        Tokens later = api.logIn(backend.loginCode(user.openId));
        User now = new User(user.openId, later);
        Map<String, String> genuine = now.sealed(BAND, BAND, Map.of());
        Answer first = verify(now, with(genuine, "signature", "0".repeat(40)));
        refused(40030, first);
        for (Answer answer : new Answer[] {
            verify(user, genuine),
            verify(now, body(wechat.device().profile(APP, user.openId, Flaw.DEAD_KEY))),
            verify(now, body(wechat.device().profile(APP, user.openId, Flaw.WRONG_SIGNATURE))),
            verify(now, with(genuine, "rawData", genuine.get("rawData").replace("{", "{ "))),
            verify(
                    now,
                    with(genuine, "encryptedData", genuine.get("encryptedData").substring(0, 44))),
            verify(
                    now,
                    with(genuine, "encryptedData", now.data().encrypt("no json").get("encryptedData")))
        }) {
            refused(40030, answer);
            assertThat(answer.message()).isEqualTo(first.message()).contains("wx.login");
        }
        assertThat(verify(now, genuine).status()).isEqualTo(200);
    }

    @Test
    void theSignatureIsOverTheExactTextWhateverItsLayout() {
        User user = user();
        String raw = JsonMapper.shared()
                .writeValueAsString(BAND)
                .replace(",", " ,\n\t ")
                .replace(":1", " : 1");
        Map<String, String> sent = new HashMap<>(user.sealed(BAND, BAND, Map.of()));
        sent.put("rawData", raw);
        sent.put("signature", user.data().sign(raw));
        assertThat(verify(user, sent).status()).isEqualTo(200);
        sent.put("signature", user.data().sign(raw).toUpperCase(java.util.Locale.ROOT));
        assertThat(verify(user, sent).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rawData", "signature", "encryptedData", "iv"})
    void aFieldThatIsMissingIsNamed(String field) {
        User user = user();
        Map<String, String> sent = new HashMap<>(user.sealed(BAND, BAND, Map.of()));
        sent.remove(field);
        Answer answer = verify(user, sent);
        refused(40000, answer);
        assertThat(answer.message()).contains(field);
    }

    @Test
    void aProfileThatDoesNotFitOursIsMadeToFit() {
        User user = user();
        Map<String, Object> odd = Map.of(
                "nickName", "\u0001 " + "🎸".repeat(80), "gender", 0, "language", "", "city", "", "avatarUrl", "");
        Answer verified = verify(user, user.sealed(odd, odd, Map.of()));
        assertThat(verified.data().path("nickname").asString()).isEqualTo("🎸".repeat(64));
        assertThat(verified.data().path("language").isNull()).isTrue();
        assertThat(verified.data().path("avatarUrl").isNull()).isTrue();
        assertThat(verified.data().path("verified").asBoolean()).isTrue();
    }

    @Test
    void aDeletedAccountKeepsNothingOfIt() {
        User user = user();
        verify(user, user.sealed(BAND, BAND, Map.of("unionId", "ocMvos6NjeKLIBqg5Mr9QjxrP1FB")));
        String phone = wechat.phoneCode(APP, user.openId);
        api.call("PUT", Api.ME + "/phone", user.token(), Map.of("code", phone));
        assertThat(api.call("DELETE", Api.ME, user.token(), null).status()).isEqualTo(200);
        Map<String, Object> row = row(user);
        for (String column : new String[] {
            "openid",
            "unionid",
            "nickname",
            "avatar_url",
            "language",
            "phone",
            "phone_index",
            "phone_bound_at",
            "profile_verified_at"
        }) {
            assertThat(row.get(column)).as(column).isNull();
        }
        assertThat(backend.rows("SELECT * FROM sessions WHERE user_id = '" + user.tokens.userId() + "'"))
                .allSatisfy(session -> {
                    assertThat(session.get("session_key")).isNull();
                    assertThat(session.get("client")).isNull();
                });
        assertThat(verify(user, Map.of()).code()).isEqualTo(40104);
    }

    @Test
    void noLogLineHoldsAnythingOfIt() throws Exception {
        User user = user();
        Map<String, Object> named = new LinkedHashMap<>(BAND);
        named.put("nickName", "UnheardOfNickname");
        Map<String, String> sent = user.sealed(named, named, Map.of());
        verify(user, sent);
        verify(user, with(sent, "signature", "0".repeat(40)));
        assertThat(TestLog.read())
                .contains(PROFILE)
                .doesNotContain(
                        "UnheardOfNickname",
                        user.openId,
                        sent.get("signature"),
                        user.data().sessionKey());
    }

    private static void refused(int code, Answer answer) {
        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code / 100);
    }

    private static Answer verify(User user, Object body) {
        return api.call("POST", PROFILE, user.token(), body);
    }

    private static Map<String, String> body(SealedProfile profile) {
        return Map.of(
                "rawData", profile.rawData(),
                "signature", profile.signature(),
                "encryptedData", profile.encryptedData(),
                "iv", profile.iv());
    }

    private static Map<String, String> with(Map<String, String> body, String field, String value) {
        Map<String, String> changed = new HashMap<>(body);
        changed.put(field, value);
        return changed;
    }

    private static User user() {
        String openId = backend.newOpenId();
        return new User(openId, api.logIn(backend.loginCode(openId)));
    }

    private static Map<String, Object> row(User user) {
        return backend.rows("SELECT * FROM users WHERE id = '" + user.tokens.userId() + "'")
                .getFirst();
    }

    private record User(String openId, Tokens tokens) {

        String token() {
            return tokens.token();
        }

        WechatData data() {
            return new WechatData(wechat.liveSessionKey(APP, openId).orElseThrow());
        }

        /** A body with these plain fields and these encrypted ones, the latter with more or, where null, fewer. */
        Map<String, String> sealed(Map<String, Object> plain, Map<String, Object> encrypted, Map<String, Object> more) {
            String rawData = JsonMapper.shared().writeValueAsString(plain);
            Map<String, Object> whole = new LinkedHashMap<>(encrypted);
            whole.put("openId", openId);
            whole.putAll(more);
            whole.values().removeIf(java.util.Objects::isNull);
            Map<String, String> body = new HashMap<>(data().encrypt(WechatData.watermarked(whole, Instant.now())));
            body.put("rawData", rawData);
            body.put("signature", data().sign(rawData));
            return body;
        }
    }
}
