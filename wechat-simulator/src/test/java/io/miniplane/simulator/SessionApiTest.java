package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SessionApiTest {

    private static final String CHECK = "/wxa/checksession";
    private static final String RESET = "/wxa/resetusersessionkey";
    private static final String KEYS = "/wxa/business/getuserencryptkey";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();
    private String openId = "";
    private String key = "";

    @BeforeEach
    void logIn() throws IOException {
        openId = control.newUser().openId();
        key = logInAgain();
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private String logInAgain() throws IOException {
        String code = control.loginCode(SimulatorClient.APP, openId).code();
        return wechat.login(code).path("session_key").stringValue();
    }

    private static String sign(String sessionKey, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(sessionKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Map<String, String> signed(String signature) {
        return Map.of("openid", openId, "signature", signature, "sig_method", "hmac_sha256");
    }

    @Test
    void the_signature_is_that_of_the_official_example() {
        assertThat(sign("o0q0otL8aEzpcZL/FT9WsQ==", "{\"foo\":\"bar\"}"))
                .isEqualTo("654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b");
        assertThat(sign("o0q0otL8aEzpcZL/FT9WsQ==", ""))
                .isEqualTo("46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128");
    }

    @Test
    void a_living_session_key_is_confirmed_in_either_case_of_letters() throws IOException {
        assertThat(wechat.get(CHECK, signed(sign(key, ""))).path("errmsg").stringValue())
                .isEqualTo("ok");
        assertThat(wechat.refusal(CHECK, signed(sign(key, "").toUpperCase(Locale.ROOT))))
                .isZero();
    }

    @Test
    void the_key_of_an_earlier_login_is_dead() throws IOException {
        logInAgain();
        assertThat(wechat.refusal(CHECK, signed(sign(key, "")))).isEqualTo(87009);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "zz", "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"})
    void another_signature_is_refused(String signature) throws IOException {
        assertThat(wechat.refusal(CHECK, signed(signature))).isEqualTo(signature.isEmpty() ? 40097 : 87009);
    }

    @ParameterizedTest
    @ValueSource(strings = {CHECK, RESET, KEYS})
    void a_user_without_a_session_is_refused(String path) throws IOException {
        control.expireSessionKey(SimulatorClient.APP, openId);
        assertThat(wechat.refusal(path, signed(sign(key, "")))).isEqualTo(87007);
    }

    @Test
    void a_session_key_expires_over_http() throws IOException {
        wechat.order(
                "POST",
                "/_control/session-keys/expire",
                "{'appId':'%s','openId':'%s'}".formatted(SimulatorClient.APP, openId));
        assertThat(control.liveSessionKey(SimulatorClient.APP, openId)).isEmpty();
        assertThat(control.deadSessionKey(SimulatorClient.APP, openId)).contains(key);
    }

    @ParameterizedTest
    @CsvSource({"sig_method, md5, 87008", "sig_method, '', 40097", "openid, '', 40097", "openid, nobody, 87007"})
    void each_parameter_counts(String name, String value, int errcode) throws IOException {
        Map<String, String> parameters = new HashMap<>(signed(sign(key, "")));
        parameters.put(name, value);
        assertThat(wechat.refusal(CHECK, parameters)).isEqualTo(errcode);
        assertThat(wechat.refusal(RESET, parameters)).isEqualTo(errcode);
    }

    @Test
    void a_reset_kills_the_old_key_at_once() throws IOException {
        JsonNode reply = wechat.get(RESET, signed(sign(key, "")));
        String fresh = reply.path("session_key").stringValue();
        assertThat(reply.path("openid").stringValue()).isEqualTo(openId);
        assertThat(fresh).hasSize(24).isNotEqualTo(key);
        assertThat(wechat.refusal(CHECK, signed(sign(key, "")))).isEqualTo(87009);
        assertThat(wechat.refusal(CHECK, signed(sign(fresh, "")))).isZero();
    }

    @Test
    void a_check_is_a_get() throws IOException {
        assertThat(wechat.refusal(CHECK, "{}")).isEqualTo(43001);
        assertThat(wechat.errcode("GET", CHECK, "")).isEqualTo(41001);
    }

    @Test
    void the_newest_three_keys_of_a_user_are_told() throws IOException {
        for (int version = 1; version <= 4; version++) {
            JsonNode list = wechat.get(KEYS, signed(sign(key, ""))).path("key_info_list");
            assertThat(list.size()).isEqualTo(Math.min(version, 3));
            JsonNode newest = list.path(0);
            assertThat(newest.path("version").intValue()).isEqualTo(version);
            assertThat(newest.path("encrypt_key").stringValue()).hasSize(24);
            assertThat(newest.path("iv").stringValue()).hasSize(16);
            assertThat(newest.path("expire_in").intValue()).isBetween(3500, 3600);
            assertThat(list.path(1).path("expire_in").intValue(0)).isZero();
            control.advance(Duration.ofHours(1));
        }
    }

    @Test
    void the_keys_of_a_user_stay_while_they_live_and_may_be_asked_for_by_post() throws IOException {
        JsonNode first = wechat.get(KEYS, signed(sign(key, "")));
        Map<String, String> query = new HashMap<>(signed(sign(key, "")));
        query.put("access_token", wechat.token());
        JsonNode again = wechat.json("POST", KEYS + SimulatorClient.query(query), "");
        assertThat(again.path("key_info_list").path(0).path("encrypt_key"))
                .isEqualTo(first.path("key_info_list").path(0).path("encrypt_key"));
    }

    @Test
    void a_body_is_part_of_what_is_signed() throws IOException {
        Map<String, String> query = new HashMap<>(signed(sign(key, "{\"foo\":\"bar\"}")));
        query.put("access_token", wechat.token());
        String path = KEYS + SimulatorClient.query(query);
        assertThat(wechat.errcode("POST", path, "{\"foo\":\"bar\"}")).isZero();
        assertThat(wechat.errcode("POST", path, "{\"foo\":\"baz\"}")).isEqualTo(87009);
        assertThat(wechat.errcode("POST", path, "")).isEqualTo(87009);
    }
}
