package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.TestLog;
import io.miniplane.server.stage.WechatData;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.device.Flaw;
import io.miniplane.simulator.device.SealedPhone;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneIT {

    private static final String PHONE = Api.ME + "/phone";
    private static final String APP = SimulatorOptions.TRIAL_APP_ID;

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
    void thePhoneBehindACodeIsBoundAndShownMasked() {
        User user = user("13811112222");
        Answer bound = bind(user, Map.of("code", wechat.phoneCode(APP, user.openId)));
        assertThat(bound.status()).isEqualTo(200);
        assertThat(bound.data().path("phone").asString()).isEqualTo("138****2222");
        assertThat(Instant.parse(bound.data().path("phoneBoundAt").asString()))
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(5));
        assertThat(bound.response().body()).doesNotContain("13811112222");

        Answer me = api.me(user.token());
        assertThat(me.data()).isEqualTo(bound.data());
    }

    @Test
    void thePhoneInEncryptedDataIsBound() {
        User user = user("+852 61234567");
        SealedPhone phone = wechat.device().phone(APP, user.openId, null);
        Answer bound = bind(user, body(phone));
        assertThat(bound.status()).isEqualTo(200);
        assertThat(bound.data().path("phone").asString()).isEqualTo("******67");

        SealedPhone asFormDecodingLeftIt = new SealedPhone(
                phone.encryptedData().replace('+', ' '), phone.iv().replace('+', ' '));
        assertThat(bind(user, body(asFormDecodingLeftIt)).status()).isEqualTo(200);
    }

    @Test
    void thePhoneIsStoredEncryptedWithItsBlindIndexAndUnboundAsAWhole() {
        User user = user("13833334444");
        bind(user, Map.of("code", wechat.phoneCode(APP, user.openId)));
        Map<String, Object> row = row(user);
        assertThat(text(row.get("phone"))).doesNotContain("13833334444").doesNotContain("3333");
        assertThat((byte[]) row.get("phone_index"))
                .isEqualTo(api.context().getBean(BlindIndex.class).of("users", "phone", "+86 13833334444"));
        assertThat(row.get("phone_bound_at")).isNotNull();

        Answer unbound = api.call("DELETE", PHONE, user.token(), null);
        assertThat(unbound.status()).isEqualTo(200);
        assertThat(unbound.data().path("phone").isNull()).isTrue();
        for (String column : new String[] {"phone", "phone_index", "phone_bound_at"}) {
            assertThat(row(user).get(column)).as(column).isNull();
        }
        assertThat(api.call("DELETE", PHONE, user.token(), null).status()).isEqualTo(200);
    }

    @Test
    void anotherPhoneTakesThePlaceOfTheFirst() {
        User user = user("13855556666");
        bind(user, Map.of("code", wechat.phoneCode(APP, user.openId)));
        wechat.putUser(user.openId, null, "13877778888", false);
        Answer bound = bind(user, Map.of("code", wechat.phoneCode(APP, user.openId)));
        assertThat(bound.data().path("phone").asString()).isEqualTo("138****8888");
    }

    @Test
    void aCodeServesOnceAndOnlyItsOwnUser() {
        User user = user("13800001111");
        User other = user("13800002222");
        String code = wechat.phoneCode(APP, user.openId);
        refused(40033, bind(other, Map.of("code", wechat.phoneCode(APP, user.openId))));
        assertThat(bind(user, Map.of("code", code)).status()).isEqualTo(200);
        refused(40033, bind(user, Map.of("code", code)));
        refused(40033, bind(user, Map.of("code", "neverIssued")));
        refused(40033, bind(user, Map.of("code", " ")));
        assertThat(api.me(other.token()).data().path("phone").isNull()).isTrue();
        assertThat(bind(user, Map.of("code", code)).message()).contains("phone number button");
    }

    @Test
    void dataOfAKeyThatWasReplacedMeanwhileAsksForANewLogin() {
        User user = user("13800003333");
        Tokens later = api.logIn(backend.loginCode(user.openId));
        SealedPhone fresh = wechat.device().phone(APP, user.openId, null);
        Answer stale = bind(user, body(fresh));
        refused(40030, stale);
        assertThat(stale.message()).contains("wx.login");
        refused(
                40030,
                api.call("PUT", PHONE, later.token(), body(wechat.device().phone(APP, user.openId, Flaw.DEAD_KEY))));
        assertThat(api.call("PUT", PHONE, later.token(), body(fresh)).status()).isEqualTo(200);
    }

    @Test
    void dataThatIsOldOrOfAnotherAppOrHasNoPhoneIsRefused() {
        User user = user("13800004444");
        refused(40031, bind(user, body(wechat.device().phone(APP, user.openId, Flaw.OLD))));
        refused(40032, bind(user, body(wechat.device().phone(APP, user.openId, Flaw.OTHER_APP))));
        String noPhone = WechatData.watermarked(Map.of("nickName", "Band"), Instant.now());
        refused(40032, bind(user, user.data().encrypt(noPhone)));
        String tooOld = phone("13800004444", Instant.now().minusSeconds(331));
        refused(40031, bind(user, user.data().encrypt(tooOld)));
        String ofTheFuture = phone("13800004444", Instant.now().plusSeconds(60));
        refused(40031, bind(user, user.data().encrypt(ofTheFuture)));
        String inTime = phone("13800004444", Instant.now().minusSeconds(290));
        assertThat(bind(user, user.data().encrypt(inTime)).status()).isEqualTo(200);
    }

    @Test
    void aDifferentAgeCanBeSet() {
        Api strict = backend.startServer(
                "--miniplane.identity.user-data.max-age=10s", "--miniplane.identity.user-data.clock-skew=0s");
        User user = user("13800005555");
        String data = phone("13800005555", Instant.now().minusSeconds(20));
        refused(40031, strict.call("PUT", PHONE, user.token(), user.data().encrypt(data)));
    }

    @Test
    void whateverTheKeyDoesNotOpenIsRefusedInTheSameWords() {
        User user = user("13800006666");
        Map<String, String> genuine = user.data().encrypt(phone("13800006666", Instant.now()));
        Map<String, String> otherKey = user("13800006667").data().encrypt(phone("13800006666", Instant.now()));
        Map<String, String> noJson = user.data().encrypt("13800006666");
        Map<String, String> cut =
                Map.of("encryptedData", genuine.get("encryptedData").substring(0, 24), "iv", genuine.get("iv"));
        Answer first = bind(user, otherKey);
        for (Map<String, String> data : java.util.List.of(otherKey, noJson, cut)) {
            Answer answer = bind(user, data);
            refused(40030, answer);
            assertThat(answer.message()).isEqualTo(first.message());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"code\":\"x\",\"encryptedData\":\"AAAA\",\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}",
                "{\"code\":\"x\",\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}",
                "{\"encryptedData\":\"AAAA\"}",
                "{\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}"
            })
    void exactlyOneOfCodeAndDataIsAskedFor(String body) {
        Answer answer = bind(user("13800007777"), body);
        refused(40000, answer);
        assertThat(answer.message()).contains("code").contains("encryptedData").contains("iv");
    }

    @ParameterizedTest
    @CsvSource({"encryptedData, !!!!, base64", "encryptedData, LONG, 8192", "iv, AAAA, 16 bytes", "code, LONG, 256"})
    void aWrongFieldIsNamedWithItsCure(String field, String value, String cure) {
        String sent = value.replace("LONG", "A".repeat(9000));
        Map<String, String> body = field.equals("code")
                ? Map.of("code", sent)
                : Map.of(
                        "encryptedData",
                        field.equals("encryptedData") ? sent : "AAAA",
                        "iv",
                        field.equals("iv") ? sent : "AAAAAAAAAAAAAAAAAAAAAA==");
        Answer answer = bind(user("13800008888"), body);
        refused(40000, answer);
        assertThat(answer.message()).contains(field).contains(cure);
    }

    @Test
    void aWechatThatIsAwayIsToldAsSuchAndBindsNothing() {
        User user = user("13800009999");
        String code = wechat.phoneCode(APP, user.openId);
        wechat.inject(Fault.always("/wxa/business/getuserphonenumber", new Effect.Status(503)));
        try {
            assertThat(bind(user, Map.of("code", code)).code()).isEqualTo(50301);
        } finally {
            wechat.clearFaults();
        }
        assertThat(api.me(user.token()).data().path("phone").isNull()).isTrue();
    }

    @Test
    void withoutATokenNothingIsBound() {
        assertThat(api.call("PUT", PHONE, null, Map.of("code", "x")).code()).isEqualTo(40100);
        assertThat(api.call("DELETE", PHONE, null, null).code()).isEqualTo(40100);
    }

    @Test
    void noLogLineHoldsAPhoneACodeOrWhoItIs() throws Exception {
        User user = user("13866667777");
        String code = wechat.phoneCode(APP, user.openId);
        bind(user, Map.of("code", code));
        bind(user, Map.of("code", code));
        SealedPhone phone = wechat.device().phone(APP, user.openId, null);
        bind(user, body(phone));
        bind(user, body(wechat.device().phone(APP, user.openId, Flaw.OLD)));
        String log = TestLog.read();
        assertThat(log)
                .contains("/api/v1/users/me/phone")
                .doesNotContain(
                        "13866667777",
                        code,
                        user.openId,
                        phone.encryptedData(),
                        user.data().sessionKey());
    }

    private static void refused(int code, Answer answer) {
        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code / 100);
    }

    private static Answer bind(User user, Object body) {
        return api.call("PUT", PHONE, user.token(), body);
    }

    private static Map<String, String> body(SealedPhone phone) {
        return Map.of("encryptedData", phone.encryptedData(), "iv", phone.iv());
    }

    private static String phone(String number, Instant madeAt) {
        return WechatData.watermarked(
                Map.of("phoneNumber", number, "purePhoneNumber", number, "countryCode", 86), madeAt);
    }

    private static User user(String phone) {
        String openId = wechat.putUser(null, null, phone, false).openId();
        return new User(openId, api.logIn(backend.loginCode(openId)));
    }

    private static Map<String, Object> row(User user) {
        return backend.rows("SELECT * FROM users WHERE id = '" + user.tokens.userId() + "'")
                .getFirst();
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
    }

    private record User(String openId, Tokens tokens) {

        String token() {
            return tokens.token();
        }

        WechatData data() {
            return new WechatData(wechat.liveSessionKey(APP, openId).orElseThrow());
        }
    }
}
