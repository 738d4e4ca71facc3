package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TemplateApiTest {

    private static final String PREFIX = "/wxaapi/newtmpl/";
    private static final String ADD = PREFIX + "addtemplate";

    private final SimulatorClient wechat = new SimulatorClient();

    @AfterEach
    void stop() {
        wechat.close();
    }

    private JsonNode templates() throws IOException {
        return wechat.get(PREFIX + "gettemplate", Map.of()).path("data");
    }

    @Test
    void a_template_is_added_by_a_form_and_removed() throws IOException {
        String id = wechat.post(ADD, "tid=99&kidList=1&kidList=2&sceneDesc=%E4%BB%98%E6%AC%BE")
                .path("priTmplId")
                .stringValue();
        JsonNode template = templates().path(0);
        assertThat(template.path("priTmplId").stringValue()).isEqualTo(id).hasSize(43);
        assertThat(template.path("title").stringValue()).isEqualTo("订单支付成功通知");
        assertThat(template.path("content").stringValue()).isEqualTo("商品名称:{{thing1.DATA}}\n支付金额:{{amount2.DATA}}\n");
        assertThat(template.path("example").stringValue()).contains("支付金额:¥128.00");
        assertThat(template.path("type").intValue()).isEqualTo(2);
        String delete = SimulatorClient.body("{'priTmplId':'%s'}", id);
        assertThat(wechat.refusal(PREFIX + "deltemplate", delete)).isZero();
        assertThat(templates().isEmpty()).isTrue();
        assertThat(wechat.refusal(PREFIX + "deltemplate", delete)).isEqualTo(40037);
    }

    @Test
    void a_template_is_added_by_json_too_and_can_be_sent() throws IOException {
        wechat.simulator().control().putUser("alice", null, null, false);
        String id = wechat.post(ADD, "{\"tid\":\"3603\",\"kidList\":[1,3],\"sceneDesc\":\"bus\"}")
                .path("priTmplId")
                .stringValue();
        assertThat(templates().path(0).path("type").intValue()).isEqualTo(3);
        wechat.simulator().control().messages().accept(SimulatorClient.APP, "alice", id);
        String message = SimulatorClient.body(
                "{'touser':'alice','template_id':'%s','data':{'car_number1':{'value':'粤A8Z888'},'time3':{'value':'15:01'}}}",
                id);
        assertThat(wechat.refusal("/cgi-bin/message/subscribe/send", message)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "tid=1&kidList=1&kidList=2&sceneDesc=x, 200014",
        "kidList=1&kidList=2&sceneDesc=x, 200014",
        "tid=99&kidList=1&sceneDesc=x, 200020",
        "tid=99&kidList=1&kidList=1&sceneDesc=x, 200020",
        "tid=99&kidList=1&kidList=9&sceneDesc=x, 200020",
        "tid=99&sceneDesc=x, 200020",
        "tid=99&kidList=1&kidList=2&kidList=3&kidList=4&kidList=5&kidList=6&sceneDesc=x, 200020",
        "tid=99&kidList=1&kidList=2&sceneDesc=1234567890123456, 200021",
        "{no json, 47001",
        "'', 44002"
    })
    void a_template_that_makes_no_sense_is_refused(String form, int errcode) throws IOException {
        assertThat(wechat.refusal(ADD, form)).isEqualTo(errcode);
    }

    @Test
    void the_same_template_is_refused() throws IOException {
        assertThat(wechat.refusal(ADD, "tid=99&kidList=1&kidList=2")).isZero();
        assertThat(wechat.refusal(ADD, "tid=99&kidList=1&kidList=2")).isEqualTo(200022);
    }

    @Test
    void a_banned_app_gets_none() throws IOException {
        wechat.simulator().control().messages().ban(SimulatorClient.APP, true);
        assertThat(wechat.refusal(ADD, "tid=99&kidList=1&kidList=2")).isEqualTo(200011);
    }

    @Test
    void an_app_has_25_templates_at_most() throws IOException {
        List<String> forms = new ArrayList<>();
        for (String tid : new String[] {"99", "855"}) {
            for (int first = 1; first <= 5; first++) {
                for (int second = 1; second <= 5; second++) {
                    if (first != second) {
                        forms.add("tid=%s&kidList=%s&kidList=%s".formatted(tid, first, second));
                    }
                }
            }
        }
        for (String form : forms.subList(0, 25)) {
            assertThat(wechat.refusal(ADD, form)).as(form).isZero();
        }
        assertThat(wechat.refusal(ADD, forms.get(25))).isEqualTo(200012);
        assertThat(templates().size()).isEqualTo(25);
    }

    @Test
    void the_library_is_told_page_by_page() throws IOException {
        assertThat(wechat.get(PREFIX + "getcategory", Map.of())
                        .path("data")
                        .path(1)
                        .path("id")
                        .intValue())
                .isEqualTo(307);
        JsonNode reply =
                wechat.get(PREFIX + "getpubtemplatetitles", Map.of("ids", "307,411", "start", "1", "limit", "1"));
        assertThat(reply.path("count").intValue()).isEqualTo(3);
        assertThat(reply.path("data").size()).isEqualTo(1);
        assertThat(reply.path("data").path(0).path("tid").intValue()).isEqualTo(855);
        JsonNode keywords = wechat.get(PREFIX + "getpubtemplatekeywords", Map.of("tid", "99"));
        assertThat(keywords.path("count").intValue()).isEqualTo(5);
        assertThat(keywords.path("data").path(1).path("rule").stringValue()).isEqualTo("amount");
        assertThat(keywords.path("data").path(1).path("kid").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 1, 200018",
        "'x', 0, 1, 200019",
        "307, '', 1, 200016",
        "307, -1, 1, 200016",
        "307, 0, '', 200017",
        "307, 0, 31, 200017"
    })
    void a_page_that_makes_no_sense_is_refused(String ids, String start, String limit, int errcode) throws IOException {
        assertThat(wechat.refusal(PREFIX + "getpubtemplatetitles", Map.of("ids", ids, "start", start, "limit", limit)))
                .isEqualTo(errcode);
    }

    @Test
    void the_keywords_of_no_title_are_refused() throws IOException {
        assertThat(wechat.refusal(PREFIX + "getpubtemplatekeywords", Map.of("tid", "1")))
                .isEqualTo(200014);
        assertThat(wechat.refusal(PREFIX + "getpubtemplatekeywords", Map.of())).isEqualTo(200014);
    }
}
