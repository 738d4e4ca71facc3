package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.control.Control.LoginCode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class LoginApiTest {

    private static final String OTHER_APP = "wxfedcba9876543210";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @AfterEach
    void stop() {
        wechat.close();
    }

    @Test
    void a_code_opens_a_session_of_its_user() throws IOException {
        LoginCode login = control.loginCode(SimulatorClient.APP);
        JsonNode session = wechat.login(login.code());
        assertThat(session.path("openid").stringValue()).isEqualTo(login.openId());
        assertThat(Base64.getDecoder().decode(session.path("session_key").stringValue()))
                .hasSize(16);
        assertThat(session.has("unionid")).isFalse();
        assertThat(session.has("errcode")).isFalse();
    }

    @Test
    void a_user_with_a_unionid_brings_it_along() throws IOException {
        control.putUser("alice", "union-of-alice", null, false);
        JsonNode session =
                wechat.login(control.loginCode(SimulatorClient.APP, "alice").code());
        assertThat(session.path("unionid").stringValue()).isEqualTo("union-of-alice");
    }

    @Test
    void a_code_works_once() throws IOException {
        String code = control.loginCode(SimulatorClient.APP).code();
        wechat.login(code);
        assertThat(wechat.errcode("GET", SimulatorClient.loginPath(code), "")).isEqualTo(40163);
    }

    @Test
    void a_code_lives_five_minutes() throws IOException {
        String early = control.loginCode(SimulatorClient.APP).code();
        String late = control.loginCode(SimulatorClient.APP).code();
        control.advance(Duration.ofSeconds(295));
        assertThat(wechat.login(early).has("openid")).isTrue();
        control.advance(Duration.ofSeconds(5));
        assertThat(wechat.errcode("GET", SimulatorClient.loginPath(late), "")).isEqualTo(40029);
    }

    @Test
    void a_code_of_another_app_is_invalid_and_stays_good() throws IOException {
        control.putApp(OTHER_APP, SimulatorClient.SECRET);
        String code = control.loginCode(OTHER_APP).code();
        String wrong = SimulatorClient.loginPath(code);
        assertThat(wechat.errcode("GET", wrong, "")).isEqualTo(40029);
        String right = wrong.replace(SimulatorClient.APP, OTHER_APP);
        assertThat(wechat.json("GET", right, "").has("openid")).isTrue();
    }

    @Test
    void a_user_of_high_risk_is_blocked() throws IOException {
        control.putUser("mallory", null, null, true);
        String code = control.loginCode(SimulatorClient.APP, "mallory").code();
        assertThat(wechat.errcode("GET", SimulatorClient.loginPath(code), "")).isEqualTo(40226);
    }

    @Test
    void the_hundred_and_first_login_of_a_user_within_a_minute_is_too_much() throws IOException {
        control.putUser("bob", null, null, false);
        for (int i = 0; i < 100; i++) {
            String code = control.loginCode(SimulatorClient.APP, "bob").code();
            assertThat(wechat.errcode("GET", SimulatorClient.loginPath(code), ""))
                    .isZero();
        }
        String code = control.loginCode(SimulatorClient.APP, "bob").code();
        assertThat(wechat.errcode("GET", SimulatorClient.loginPath(code), "")).isEqualTo(45011);
        control.advance(Duration.ofMinutes(1));
        assertThat(wechat.errcode("GET", SimulatorClient.loginPath(code), "")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "appid, '', 41002",
        "secret, '', 41004",
        "js_code, '', 41008",
        "grant_type, '', 40002",
        "grant_type, client_credential, 40002",
        "appid, wx0000000000000000, 40013",
        "secret, 00000000000000000000000000000000, 40125",
        "js_code, made-up, 40029"
    })
    void a_wrong_parameter_has_its_own_error_code(String name, String value, int errcode) throws IOException {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "appid",
                SimulatorClient.APP,
                "secret",
                SimulatorClient.SECRET,
                "js_code",
                control.loginCode(SimulatorClient.APP).code(),
                "grant_type",
                "authorization_code"));
        parameters.put(name, value);
        String path = "/sns/jscode2session" + SimulatorClient.query(parameters);
        assertThat(wechat.errcode("GET", path, "")).isEqualTo(errcode);
    }

    @Test
    void a_login_is_a_get() throws IOException {
        assertThat(wechat.errcode("POST", SimulatorClient.loginPath("any"), "")).isEqualTo(43001);
    }

    @Test
    void an_error_has_status_200_and_a_request_id() throws IOException {
        HttpResponse<String> response = wechat.send("GET", SimulatorClient.loginPath("made-up"), "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("\\{\"errcode\":40029,\"errmsg\":\"invalid code rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}\"}");
    }

    @Test
    void every_login_makes_a_new_session_key() throws IOException {
        control.putUser("carol", null, null, false);
        String first = sessionKeyOf("carol");
        String second = sessionKeyOf("carol");
        assertThat(second).isNotEqualTo(first);
        assertThat(control.liveSessionKey(SimulatorClient.APP, "carol")).contains(second);
        assertThat(control.deadSessionKey(SimulatorClient.APP, "carol")).contains(first);
    }

    @Test
    void the_content_type_of_answers_can_be_text() throws IOException {
        assertThat(contentType()).startsWith("application/json");
        control.contentType("text/plain");
        assertThat(contentType()).startsWith("text/plain");
    }

    private String contentType() throws IOException {
        return wechat.send("GET", SimulatorClient.loginPath("any"), "")
                .headers()
                .firstValue("Content-Type")
                .orElse("");
    }

    private String sessionKeyOf(String openId) throws IOException {
        String code = control.loginCode(SimulatorClient.APP, openId).code();
        return wechat.login(code).path("session_key").stringValue();
    }
}
