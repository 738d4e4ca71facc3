package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PhoneApiTest {

    private static final String OTHER_APP = "wxfedcba9876543210";
    private static final String PATH = "/wxa/business/getuserphonenumber";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();
    private String token = "";

    @BeforeEach
    void getToken() throws IOException {
        token = wechat.stableToken(false).path("access_token").stringValue();
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private static String body(String code) {
        return "{\"code\":\"" + code + "\"}";
    }

    private int errcode(String body) throws IOException {
        return wechat.phone(token, body).path("errcode").intValue();
    }

    @Test
    void a_code_tells_the_number_of_its_user() throws IOException {
        control.putUser("alice", null, "13812345678", false);
        JsonNode reply = wechat.phone(token, body(control.phoneCode(SimulatorClient.APP, "alice")));
        assertThat(reply.path("errcode").intValue()).isZero();
        JsonNode info = reply.path("phone_info");
        assertThat(info.path("phoneNumber").stringValue()).isEqualTo("13812345678");
        assertThat(info.path("purePhoneNumber").stringValue()).isEqualTo("13812345678");
        assertThat(info.path("countryCode").stringValue()).isEqualTo("86");
        assertThat(info.path("watermark").path("appid").stringValue()).isEqualTo(SimulatorClient.APP);
    }

    @Test
    void a_foreign_number_has_its_prefix() throws IOException {
        control.putUser("bob", null, "+852 61234567", false);
        JsonNode info = wechat.phone(token, body(control.phoneCode(SimulatorClient.APP, "bob")))
                .path("phone_info");
        assertThat(info.path("phoneNumber").stringValue()).isEqualTo("+85261234567");
        assertThat(info.path("purePhoneNumber").stringValue()).isEqualTo("61234567");
        assertThat(info.path("countryCode").stringValue()).isEqualTo("852");
    }

    @Test
    void a_code_works_once_and_for_five_minutes() throws IOException {
        String openId = control.newUser().openId();
        String used = control.phoneCode(SimulatorClient.APP, openId);
        String late = control.phoneCode(SimulatorClient.APP, openId);
        assertThat(errcode(body(used))).isZero();
        assertThat(errcode(body(used))).isEqualTo(40029);
        control.advance(Duration.ofMinutes(5));
        assertThat(errcode(body(late))).isEqualTo(40029);
    }

    @Test
    void a_login_code_is_no_phone_code() throws IOException {
        assertThat(errcode(body(control.loginCode(SimulatorClient.APP).code()))).isEqualTo(40029);
    }

    @Test
    void a_code_of_another_app_is_refused() throws IOException {
        control.putApp(OTHER_APP, SimulatorClient.SECRET);
        String code = control.phoneCode(OTHER_APP, control.newUser().openId());
        assertThat(errcode(body(code))).isEqualTo(40013);
    }

    @Test
    void an_openid_beside_the_code_must_be_the_right_one() throws IOException {
        String openId = control.newUser().openId();
        String code = control.phoneCode(SimulatorClient.APP, openId);
        String body = "{\"code\":\"%s\",\"openid\":\"%s\"}";
        assertThat(errcode(body.formatted(code, "somebody-else"))).isEqualTo(40003);
        assertThat(errcode(body.formatted(code, openId))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"GET, '', 43002", "POST, '', 44002", "POST, 'no json', 47001", "POST, '{}', 40097"})
    void it_is_asked_for_by_a_post_of_json(String method, String body, int errcode) throws IOException {
        assertThat(wechat.errcode(method, PATH + "?access_token=" + token, body))
                .isEqualTo(errcode);
    }

    @Test
    void a_call_without_a_token_is_refused() throws IOException {
        assertThat(wechat.errcode("POST", PATH, body("any"))).isEqualTo(41001);
    }
}
