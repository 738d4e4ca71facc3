package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ControlApiTest {

    private static final String LOGIN = "/sns/jscode2session";

    private final SimulatorClient wechat = new SimulatorClient();

    @AfterEach
    void stop() {
        wechat.close();
    }

    private void order(String method, String path, String body) throws IOException {
        HttpResponse<String> response = wechat.send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private String newCode() throws IOException {
        return wechat.json("POST", "/_control/login-codes", "{\"appId\":\"" + SimulatorClient.APP + "\"}")
                .path("code")
                .stringValue();
    }

    @Test
    void a_whole_login_can_be_staged_over_http() throws IOException {
        order("PUT", "/_control/apps/wxfedcba9876543210", "{\"secret\":\"fedcba9876543210fedcba9876543210\"}");
        JsonNode user = wechat.json("POST", "/_control/users", "{\"unionId\":\"u1\",\"phoneNumber\":\"13800000001\"}");
        String order = "{\"appId\":\"wxfedcba9876543210\",\"openId\":" + user.path("openId") + "}";
        String code =
                wechat.json("POST", "/_control/login-codes", order).path("code").stringValue();
        String login = SimulatorClient.loginPath(code)
                .replace(SimulatorClient.APP, "wxfedcba9876543210")
                .replace(SimulatorClient.SECRET, "fedcba9876543210fedcba9876543210");
        assertThat(wechat.json("GET", login, "").path("unionid").stringValue()).isEqualTo("u1");
        assertThat(wechat.json("POST", "/_control/phone-codes", order)
                        .path("code")
                        .stringValue())
                .hasSize(32);
    }

    @Test
    void a_user_without_wishes_is_made_up() throws IOException {
        JsonNode user = wechat.json("POST", "/_control/users", "");
        assertThat(user.path("openId").stringValue()).startsWith("o").hasSize(28);
        assertThat(user.path("unionId").isNull()).isTrue();
        assertThat(user.path("phoneNumber").stringValue()).matches("138\\d{8}");
        assertThat(user.path("highRisk").booleanValue()).isFalse();
    }

    @Test
    void the_clock_goes_forward() throws IOException {
        String code = newCode();
        order("POST", "/_control/clock", "{\"advanceSeconds\":300}");
        assertThat(wechat.errcode("GET", SimulatorClient.loginPath(code), "")).isEqualTo(40029);
    }

    @Test
    void a_latency_delays_the_answer_but_not_the_effect() throws IOException {
        String code = newCode();
        order("POST", "/_control/faults", "{\"path\":\"*\",\"kind\":\"latency\",\"millis\":300,\"times\":1}");
        long start = System.nanoTime();
        assertThat(wechat.login(code).has("openid")).isTrue();
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(300);
    }

    @Test
    void an_injected_error_leaves_the_code_unused_and_ends_after_its_times() throws IOException {
        String code = newCode();
        order(
                "POST",
                "/_control/faults",
                "{\"path\":\"" + LOGIN + "\",\"kind\":\"errcode\",\"errcode\":-1,\"times\":2}");
        assertThat(wechat.login(code).path("errcode").intValue()).isEqualTo(-1);
        assertThat(wechat.login(code).path("errcode").intValue()).isEqualTo(-1);
        assertThat(wechat.login(code).has("openid")).isTrue();
    }

    /** Phone numbers, because they are asked for by POST: the client repeats a dropped GET by itself. */
    @ParameterizedTest
    @CsvSource({"false, 0", "true, 40029"})
    void a_connection_is_dropped_before_or_after_the_effect(boolean afterwards, int next) throws IOException {
        String token = wechat.stableToken(false).path("access_token").stringValue();
        String openId = wechat.simulator().control().newUser().openId();
        String code = wechat.simulator().control().phoneCode(SimulatorClient.APP, openId);
        String body = "{\"code\":\"" + code + "\"}";
        order(
                "POST",
                "/_control/faults",
                "{\"path\":\"*\",\"kind\":\"disconnect\",\"afterwards\":%s,\"times\":1}".formatted(afterwards));
        assertThatThrownBy(() -> wechat.phone(token, body)).isInstanceOf(IOException.class);
        assertThat(wechat.phone(token, body).path("errcode").intValue()).isEqualTo(next);
    }

    @Test
    void garbage_and_http_errors_stay_until_the_faults_are_cleared() throws IOException {
        order("POST", "/_control/faults", "{\"path\":\"*\",\"kind\":\"garbage\",\"body\":\"oops\",\"times\":1}");
        order("POST", "/_control/faults", "{\"path\":\"*\",\"kind\":\"status\",\"status\":503}");
        String login = SimulatorClient.loginPath(newCode());
        assertThat(wechat.send("GET", login, "").body()).isEqualTo("oops");
        assertThat(wechat.send("GET", login, "").statusCode()).isEqualTo(503);
        assertThat(wechat.send("GET", login, "").statusCode()).isEqualTo(503);
        order("DELETE", "/_control/faults", "");
        assertThat(wechat.json("GET", login, "").has("openid")).isTrue();
    }

    @Test
    void tokens_expire_and_the_content_type_changes_over_http() throws IOException {
        String token = wechat.stableToken(false).path("access_token").stringValue();
        order("POST", "/_control/tokens/expire", "");
        assertThat(wechat.verdict(token)).isEqualTo(42001);
        order("PUT", "/_control/content-type", "{\"contentType\":\"text/plain\"}");
        assertThat(wechat.send("GET", LOGIN, "")
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/plain");
    }

    @Test
    void the_requests_are_told_without_secrets() throws IOException {
        String code = newCode();
        wechat.login(code);
        wechat.login(code);
        wechat.stableToken(false);
        String requests = wechat.send("GET", "/_control/requests", "").body();
        assertThat(requests)
                .contains("\"counts\":{\"/cgi-bin/stable_token\":1,\"/sns/jscode2session\":2}")
                .contains("\"outcome\":\"ok\"", "\"outcome\":\"40163\"")
                .doesNotContain(code, SimulatorClient.SECRET);
        order("DELETE", "/_control/requests", "");
        assertThat(wechat.json("GET", "/_control/requests", "").path("counts").isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST; /_control/login-codes; {; no JSON",
                "POST; /_control/login-codes; {\"appid\":\"wx0123456789abcdef\"}; appid",
                "POST; /_control/login-codes; {}; \"appId\" is missing",
                "POST; /_control/login-codes; {\"appId\":\"wx0000000000000000\"}; This appId is unknown",
                "POST; /_control/phone-codes; {\"appId\":\"wx0123456789abcdef\"}; \"openId\" is missing",
                "POST; /_control/phone-codes; {\"appId\":\"wx0123456789abcdef\",\"openId\":\"x\"}; openId is unknown",
                "PUT; /_control/apps/shop; {\"secret\":\"x\"}; An appId is",
                "PUT; /_control/apps/wx0123456789abcdef; {\"secret\":\"x\"}; 32 letters and digits",
                "PUT; /_control/apps/wx0123456789abcdef; {}; \"secret\" is missing",
                "POST; /_control/users; {\"phoneNumber\":\"call me\"}; A phoneNumber is written",
                "POST; /_control/users; {\"openId\":\"a b\"}; An openId has",
                "POST; /_control/clock; {\"advanceSeconds\":-1}; only goes forward",
                "POST; /_control/clock; {}; \"advanceSeconds\" is missing",
                "POST; /_control/faults; {\"path\":\"*\",\"kind\":\"fire\"}; \"kind\" of a fault is",
                "POST; /_control/faults; {\"path\":\"*\",\"kind\":\"latency\"}; \"millis\" is missing",
                "POST; /_control/faults; {\"path\":\"*\",\"kind\":\"latency\",\"millis\":-1}; \"millis\" is 0 or more",
                "POST; /_control/faults; {\"path\":\"*\",\"kind\":\"errcode\"}; \"errcode\" is missing",
                "POST; /_control/faults; {\"path\":\"*\",\"kind\":\"status\",\"status\":200}; from 400 to 599",
                "POST; /_control/faults; {\"path\":\"sns\",\"kind\":\"disconnect\"}; starts with \"/\"",
                "POST; /_control/faults; {\"path\":\"*\",\"kind\":\"disconnect\",\"times\":0}; at least 1 call",
                "POST; /_control/tokens/expire; {\"errcode\":1}; 42001, 40001 or 40014",
                "PUT; /_control/content-type; {\"contentType\":\"text/html\"}; application/json"
            })
    void a_wrong_order_is_refused_with_a_sentence(String method, String path, String body, String sentence)
            throws IOException {
        HttpResponse<String> response = wechat.send(method, path, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(wechat.json(method, path, body).path("error").stringValue()).contains(sentence);
    }

    @Test
    void an_unknown_path_is_not_found() throws IOException {
        assertThat(wechat.send("GET", "/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(wechat.send("GET", "/_control/users", "").statusCode()).isEqualTo(404);
    }
}
