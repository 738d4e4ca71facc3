package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ContentApiTest {

    private static final String TEXT = "/wxa/msg_sec_check";
    private static final String MEDIA = "/wxa/media_check_async";
    private static final String RISK = "/wxa/getuserriskrank";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @BeforeEach
    void openTheApp() {
        control.putUser("alice", "union", null, false);
        control.loginCode(SimulatorClient.APP, "alice");
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private static String text(String content) {
        return SimulatorClient.body("{'content':'%s','version':2,'scene':1,'openid':'alice'}", content);
    }

    private static String media(String url) {
        return SimulatorClient.body("{'media_url':'%s','media_type':2,'version':2,'scene':1,'openid':'alice'}", url);
    }

    private static String risk(String openId) {
        return SimulatorClient.body(
                "{'appid':'%s','openid':'%s','scene':0,'client_ip':'10.0.0.1'}", SimulatorClient.APP, openId);
    }

    @Test
    void a_harmless_text_passes() throws IOException {
        JsonNode reply = wechat.post(TEXT, text("hello"));
        assertThat(reply.path("trace_id").stringValue()).isNotEmpty();
        assertThat(reply.path("result").path("suggest").stringValue()).isEqualTo("pass");
        assertThat(reply.path("result").path("label").intValue()).isEqualTo(100);
        assertThat(reply.path("detail").size()).isEqualTo(1);
    }

    @Test
    void the_hardest_of_the_rules_that_a_text_breaks_decides() throws IOException {
        wechat.order("POST", "/_control/content-rules", "{'word':'Casino','suggest':'risky','label':20006}");
        JsonNode reply = wechat.post(TEXT, text("a CASINO and simulate-review"));
        assertThat(reply.path("result").path("suggest").stringValue()).isEqualTo("risky");
        assertThat(reply.path("result").path("label").intValue()).isEqualTo(20006);
        assertThat(reply.path("detail").size()).isEqualTo(3);
        assertThat(reply.path("detail").path(1).path("suggest").stringValue()).isEqualTo("review");
        wechat.order("DELETE", "/_control/content-rules", "");
        assertThat(wechat.post(TEXT, text("casino"))
                        .path("result")
                        .path("suggest")
                        .stringValue())
                .isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource({"title", "nickname", "signature"})
    void what_stands_beside_the_content_is_checked_too(String field) throws IOException {
        String body = SimulatorClient.body(
                "{'content':'x','%s':'simulate-risky','version':2,'scene':4,'openid':'alice'}", field);
        assertThat(wechat.post(TEXT, body).path("result").path("suggest").stringValue())
                .isEqualTo("risky");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'version':2,'scene':1,'openid':'alice'}; 40097",
                "{'content':'x','version':1,'scene':1,'openid':'alice'}; 40097",
                "{'content':'x','version':2,'scene':5,'openid':'alice'}; 40129",
                "{'content':'x','version':2,'scene':1,'openid':'nobody'}; 40003",
                "{'content':'x','version':2,'scene':1}; 40003",
                "{'content':'x','title':1,'version':2,'scene':1,'openid':'alice'}; 40097",
                "no json; 47001",
                "''; 44002"
            })
    void a_text_check_that_makes_no_sense_is_refused(String body, int errcode) throws IOException {
        assertThat(wechat.refusal(TEXT, SimulatorClient.body(body))).isEqualTo(errcode);
    }

    @Test
    void a_text_has_2500_characters_at_most() throws IOException {
        assertThat(wechat.refusal(TEXT, text("长".repeat(2500)))).isZero();
        assertThat(wechat.refusal(TEXT, text("长".repeat(2501)))).isEqualTo(40097);
    }

    @ParameterizedTest
    @CsvSource({TEXT, MEDIA, RISK})
    void a_user_who_was_not_there_for_two_hours_is_refused(String path) throws IOException {
        String body = path.equals(TEXT) ? text("x") : path.equals(MEDIA) ? media("https://a.b/c") : risk("alice");
        control.advance(Duration.ofHours(2).minusSeconds(10));
        assertThat(wechat.refusal(path, body)).isZero();
        control.advance(Duration.ofSeconds(11));
        assertThat(wechat.refusal(path, body)).isEqualTo(61010);
        wechat.order("POST", "/_control/visits", "{'appId':'%s','openId':'alice'}".formatted(SimulatorClient.APP));
        assertThat(wechat.refusal(path, body)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "https://cdn/cat.png, pass, 100, 0",
        "https://cdn/simulate-risky.png, risky, 20003, 0",
        "https://cdn/simulate-unreachable.png, pass, 100, -1008"
    })
    void the_result_for_a_medium_is_pushed_after_the_answer(String url, String suggest, int label, int errcode)
            throws IOException {
        BlockingQueue<ObjectNode> pushes = wechat.pushes();
        JsonNode reply = wechat.post(MEDIA, media(url));
        ObjectNode event = SimulatorClient.next(pushes);
        assertThat(event.path("Event").stringValue()).isEqualTo("wxa_media_check");
        assertThat(event.path("trace_id")).isEqualTo(reply.path("trace_id"));
        assertThat(event.path("appid").stringValue()).isEqualTo(SimulatorClient.APP);
        assertThat(event.path("result").path("suggest").stringValue()).isEqualTo(suggest);
        assertThat(event.path("result").path("label").intValue()).isEqualTo(label);
        assertThat(event.path("errcode").intValue()).isEqualTo(errcode);
        assertThat(event.path("version").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'media_type':2,'version':2,'scene':1,'openid':'alice'}; 40097",
                "{'media_url':'https://a.b/c','media_type':3,'version':2,'scene':1,'openid':'alice'}; 40004",
                "{'media_url':'ftp://a.b/c','media_type':1,'version':2,'scene':1,'openid':'alice'}; 87020",
                "{'media_url':'a b','media_type':1,'version':2,'scene':1,'openid':'alice'}; 87020",
                "{'media_url':'https://a.b/c','media_type':1,'version':2,'scene':0,'openid':'alice'}; 40129"
            })
    void a_media_check_that_makes_no_sense_is_refused(String body, int errcode) throws IOException {
        assertThat(wechat.refusal(MEDIA, SimulatorClient.body(body))).isEqualTo(errcode);
    }

    @Test
    void a_user_has_the_risk_rank_that_was_set() throws IOException {
        assertThat(wechat.post(RISK, risk("alice")).path("risk_rank").intValue(-1))
                .isZero();
        wechat.order("PUT", "/_control/risk-ranks", "{'openId':'alice','rank':4}");
        JsonNode reply = wechat.post(RISK, risk("alice"));
        assertThat(reply.path("risk_rank").intValue()).isEqualTo(4);
        assertThat(reply.path("unoin_id").stringValue()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'openid':'alice','scene':0,'client_ip':'10.0.0.1'}; 40097",
                "{'appid':'wxfedcba9876543210','openid':'alice','scene':0,'client_ip':'10.0.0.1'}; 43104",
                "{'appid':'wx0123456789abcdef','openid':'alice','scene':3,'client_ip':'10.0.0.1'}; 40097",
                "{'appid':'wx0123456789abcdef','openid':'alice','scene':0}; 40097",
                "{'appid':'wx0123456789abcdef','openid':'nobody','scene':0,'client_ip':'10.0.0.1'}; 40003"
            })
    void a_question_about_risk_that_makes_no_sense_is_refused(String body, int errcode) throws IOException {
        assertThat(wechat.refusal(RISK, SimulatorClient.body(body))).isEqualTo(errcode);
    }
}
