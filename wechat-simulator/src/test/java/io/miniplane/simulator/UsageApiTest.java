package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.world.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UsageApiTest {

    private static final String QUOTA = "/cgi-bin/openapi/quota/get";
    private static final String CLEAR = "/cgi-bin/clear_quota";
    private static final String REQUEST = "/cgi-bin/openapi/rid/get";
    private static final String DOMAIN = "/cgi-bin/get_api_domain_ip";
    private static final String OTHER_APP = "wxfedcba9876543210";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @AfterEach
    void stop() {
        wechat.close();
    }

    private JsonNode quota(String path) throws IOException {
        return wechat.post(QUOTA, SimulatorClient.body("{'cgi_path':'%s'}", path));
    }

    private int call(String path) throws IOException {
        return wechat.refusal(path, Map.of());
    }

    private static String clear() {
        return SimulatorClient.body("{'appid':'%s'}", SimulatorClient.APP);
    }

    @Test
    void the_calls_of_the_day_are_told() throws IOException {
        wechat.order("PUT", "/_control/quotas", "{'path':'%s','perDay':5,'perMinute':3}".formatted(DOMAIN));
        call(DOMAIN);
        call(DOMAIN);
        JsonNode reply = quota(DOMAIN);
        assertThat(reply.path("quota").toString()).isEqualTo("{\"daily_limit\":5,\"used\":2,\"remain\":3}");
        assertThat(reply.path("rate_limit").toString()).isEqualTo("{\"call_count\":3,\"refresh_second\":60}");
    }

    @Test
    void a_limit_per_second_is_told_before_one_per_minute() throws IOException {
        assertThat(quota("/wxa/generatescheme").path("rate_limit").toString())
                .isEqualTo("{\"call_count\":100,\"refresh_second\":1}");
    }

    @ParameterizedTest
    @CsvSource({"/sns/jscode2session, 76022", "/wxa/nowhere, 76021", "'', 76021"})
    void paths_without_a_quota_are_refused(String path, int errcode) throws IOException {
        assertThat(quota(path).path("errcode").intValue()).isEqualTo(errcode);
    }

    @Test
    void the_quota_of_a_day_ends_and_comes_back_at_midnight_in_beijing() throws IOException {
        control.limits().limit(DOMAIN, new Limits(2, null, null));
        assertThat(call(DOMAIN)).isZero();
        assertThat(call(DOMAIN)).isZero();
        assertThat(call(DOMAIN)).isEqualTo(45009);
        assertThat(quota(DOMAIN).path("quota").path("remain").intValue(-1)).isZero();
        control.advance(Duration.ofDays(1));
        assertThat(call(DOMAIN)).isZero();
    }

    @Test
    void the_quota_of_a_minute_ends_and_comes_back() throws IOException {
        control.limits().limit(DOMAIN, new Limits(100, 1, null));
        assertThat(call(DOMAIN)).isZero();
        assertThat(call(DOMAIN)).isEqualTo(45011);
        control.advance(Duration.ofMinutes(1));
        assertThat(call(DOMAIN)).isZero();
    }

    @Test
    void the_quota_of_a_second_ends_and_comes_back() throws IOException {
        control.limits().limit(DOMAIN, new Limits(100, null, 0));
        assertThat(call(DOMAIN)).isEqualTo(44990);
        control.limits().limit(DOMAIN, new Limits(100, null, 100));
        assertThat(call(DOMAIN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/wxa/msg_sec_check, 9, 0, 44991",
        "/wxa/media_check_async, 9, 0, 44991",
        "/wxa/generatescheme, 0, 9, 44993",
        "/wxa/generate_urllink, 0, 9, 44993"
    })
    void some_calls_have_numbers_of_their_own_for_it(String path, int perDay, int perMinute, int errcode)
            throws IOException {
        control.limits().limit(path, new Limits(perDay, perMinute, null));
        assertThat(wechat.refusal(path, "{}")).isEqualTo(errcode);
    }

    @Test
    void tokens_have_quotas_too() throws IOException {
        control.limits().limit("/cgi-bin/stable_token", new Limits(1, null, null));
        control.limits().limit("/cgi-bin/token", new Limits(1, null, null));
        assertThat(wechat.stableToken(false).has("access_token")).isTrue();
        assertThat(wechat.stableToken(false).path("errcode").intValue()).isEqualTo(45009);
        assertThat(wechat.classicToken().has("access_token")).isTrue();
        assertThat(wechat.classicToken().path("errcode").intValue()).isEqualTo(45009);
    }

    @Test
    void quotas_are_cleared_ten_times_a_month() throws IOException {
        control.limits().limit(DOMAIN, new Limits(1, null, null));
        call(DOMAIN);
        assertThat(call(DOMAIN)).isEqualTo(45009);
        assertThat(wechat.refusal(CLEAR, clear())).isZero();
        assertThat(call(DOMAIN)).isZero();
        String second = CLEAR + "/v2"
                + SimulatorClient.query(Map.of("appid", SimulatorClient.APP, "appsecret", SimulatorClient.SECRET));
        for (int i = 2; i <= 10; i++) {
            assertThat(wechat.errcode("POST", second, "")).isZero();
        }
        assertThat(wechat.errcode("POST", second, "")).isEqualTo(48006);
        assertThat(wechat.refusal(CLEAR, clear())).isEqualTo(48006);
        control.advance(Duration.ofDays(31));
        assertThat(wechat.refusal(CLEAR, clear())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "appid=wx0123456789abcdef&appsecret=wrong, 40125",
        "appid=wx0000000000000000&appsecret=x, 40013",
        "appsecret=x, 41002",
        "appid=wx0123456789abcdef, 41004"
    })
    void a_clearing_without_a_token_needs_the_secret(String query, int errcode) throws IOException {
        assertThat(wechat.errcode("POST", CLEAR + "/v2?" + query, "")).isEqualTo(errcode);
    }

    @Test
    void an_app_clears_its_own_quota_alone() throws IOException {
        assertThat(wechat.refusal(CLEAR, "{\"appid\":\"" + OTHER_APP + "\"}")).isEqualTo(40013);
    }

    private static String requestId(JsonNode refused) {
        return refused.path("errmsg").stringValue().replaceFirst(".* rid: ", "");
    }

    private int lookUp(String requestId) throws IOException {
        return wechat.refusal(REQUEST, SimulatorClient.body("{'rid':'%s'}", requestId));
    }

    @Test
    void a_refused_call_is_looked_up_without_its_secrets_for_seven_days() throws IOException {
        String token = wechat.token();
        String id = requestId(wechat.phone(token, "{\"code\":\"very-secret\",\"openid\":\"alice\"}"));
        JsonNode request =
                wechat.post(REQUEST, SimulatorClient.body("{'rid':'%s'}", id)).path("request");
        assertThat(request.path("request_url").stringValue())
                .isEqualTo("/wxa/business/getuserphonenumber?access_token=***");
        assertThat(request.path("request_body").stringValue()).isEqualTo("{\"code\":\"***\",\"openid\":\"alice\"}");
        assertThat(request.path("response_body").stringValue()).contains("40029", id);
        assertThat(request.path("client_ip").stringValue()).isEqualTo("127.0.0.1");
        assertThat(request.path("invoke_time").longValue()).isPositive();
        assertThat(request.has("cost_in_ms")).isTrue();
        assertThat(request.toString()).doesNotContain(token, "very-secret");
        control.advance(Duration.ofDays(7).plusSeconds(1));
        assertThat(lookUp(id)).isEqualTo(76004);
    }

    @Test
    void a_body_that_is_no_json_is_blotted_out_whole() throws IOException {
        String id = requestId(wechat.phone(wechat.token(), "my secret"));
        assertThat(wechat.post(REQUEST, SimulatorClient.body("{'rid':'%s'}", id))
                        .path("request")
                        .path("request_body")
                        .stringValue())
                .isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource({"'', 76002", "abc, 76002", "00000000-00000000-00000000, 76001"})
    void a_request_id_must_be_one(String id, int errcode) throws IOException {
        assertThat(lookUp(id)).isEqualTo(errcode);
    }

    @Test
    void the_calls_of_another_app_and_of_nobody_are_not_told() throws IOException {
        String id = requestId(wechat.login("unknown"));
        assertThat(lookUp(id)).isEqualTo(76003);
    }

    @Test
    void the_addresses_of_wechat_are_told() throws IOException {
        for (String path : new String[] {DOMAIN, "/cgi-bin/getcallbackip"}) {
            assertThat(wechat.get(path, Map.of()).toString()).isEqualTo("{\"ip_list\":[\"127.0.0.1\"]}");
        }
    }

    @ParameterizedTest
    @CsvSource({"dns, DEFAULT, true, false", "ping, UNICOM, false, true", "all, CAP, true, true"})
    void the_network_is_checked(String action, String operator, boolean dns, boolean ping) throws IOException {
        String body = SimulatorClient.body("{'action':'%s','check_operator':'%s'}", action, operator);
        JsonNode reply = wechat.post("/cgi-bin/callback/check", body);
        assertThat(reply.has("dns")).isEqualTo(dns);
        assertThat(reply.has("ping")).isEqualTo(ping);
    }

    @ParameterizedTest
    @CsvSource({"walk, DEFAULT, 40202", "'', DEFAULT, 40202", "all, '', 40203", "all, NOBODY, 40203"})
    void a_check_of_something_else_is_refused(String action, String operator, int errcode) throws IOException {
        String body = SimulatorClient.body("{'action':'%s','check_operator':'%s'}", action, operator);
        assertThat(wechat.refusal("/cgi-bin/callback/check", body)).isEqualTo(errcode);
    }
}
