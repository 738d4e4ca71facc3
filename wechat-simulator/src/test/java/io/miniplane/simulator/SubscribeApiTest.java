package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SubscribeApiTest {

    private static final String SEND = "/cgi-bin/message/subscribe/send";
    private static final String APP = SimulatorClient.APP;

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @BeforeEach
    void makeTemplate() throws IOException {
        control.putUser("alice", null, null, false);
        putTemplate("paid", false, "{'key':'thing1'},{'key':'amount2'}");
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private void putTemplate(String id, boolean longTerm, String fields) throws IOException {
        wechat.order(
                "PUT",
                "/_control/templates/" + id,
                "{'appId':'%s','title':'T','longTerm':%s,'fields':[%s]}".formatted(APP, longTerm, fields));
    }

    private JsonNode choose(String template, String choice) throws IOException {
        return wechat.order(
                "POST",
                "/_control/subscriptions",
                "{'appId':'%s','openId':'alice','templateId':'%s','choice':'%s'}".formatted(APP, template, choice));
    }

    private static String message(String more) {
        return SimulatorClient.body(
                "{'touser':'alice','template_id':'paid','data':{'thing1':{'value':'Tea'},'amount2':{'value':'¥1.20'}}%s}",
                more.replace('\'', '"'));
    }

    private int send() throws IOException {
        return wechat.refusal(SEND, message(""));
    }

    @Test
    void one_accept_is_good_for_one_message() throws IOException {
        assertThat(send()).isEqualTo(43101);
        choose("paid", "accept");
        assertThat(choose("paid", "accept").path("left").intValue()).isEqualTo(2);
        assertThat(send()).isZero();
        assertThat(send()).isZero();
        assertThat(send()).isEqualTo(43101);
    }

    @Test
    void an_accept_of_a_long_term_template_is_good_until_it_is_taken_back() throws IOException {
        putTemplate("paid", true, "{'key':'thing1'},{'key':'amount2'}");
        choose("paid", "accept");
        assertThat(send()).isZero();
        assertThat(send()).isZero();
        choose("paid", "revoke");
        assertThat(send()).isEqualTo(43101);
    }

    @Test
    void what_was_sent_can_be_read() throws IOException {
        choose("paid", "accept");
        wechat.post(SEND, message(",'page':'pages/order?id=1','miniprogram_state':'trial','lang':'en_US'"));
        JsonNode messages =
                wechat.json("GET", "/_control/sent-messages?openId=alice", "").path("messages");
        assertThat(messages.size()).isEqualTo(1);
        assertThat(messages.path(0).path("kind").stringValue()).isEqualTo("subscribe");
        assertThat(messages.path(0).path("content").path("page").stringValue()).isEqualTo("pages/order?id=1");
        assertThat(wechat.json("GET", "/_control/sent-messages?openId=bob", "")
                        .path("messages")
                        .size())
                .isZero();
        wechat.order("DELETE", "/_control/sent-messages", "");
        assertThat(control.messages().sent()).isEmpty();
    }

    @Test
    void every_step_is_pushed() throws IOException {
        BlockingQueue<ObjectNode> pushes = wechat.pushes();
        choose("paid", "refuse");
        choose("paid", "accept");
        send();
        choose("paid", "revoke");
        assertEvent(SimulatorClient.next(pushes), "subscribe_msg_popup_event", "SubscribeStatusString", "reject");
        assertEvent(SimulatorClient.next(pushes), "subscribe_msg_popup_event", "SubscribeStatusString", "accept");
        assertEvent(SimulatorClient.next(pushes), "subscribe_msg_sent_event", "ErrorStatus", "success");
        assertEvent(SimulatorClient.next(pushes), "subscribe_msg_change_event", "SubscribeStatusString", "reject");
    }

    private static void assertEvent(ObjectNode event, String name, String field, String value) {
        assertThat(event.path("Event").stringValue()).isEqualTo(name);
        assertThat(event.path("FromUserName").stringValue()).isEqualTo("alice");
        assertThat(event.path("ToUserName").stringValue()).isEqualTo("gh_0123456789ab");
        JsonNode item = event.path("List").path(0);
        assertThat(item.path("TemplateId").stringValue()).isEqualTo("paid");
        assertThat(item.path(field).stringValue()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'template_id':'paid','data':{}}; 40003",
                "{'touser':'nobody','template_id':'paid','data':{}}; 40003",
                "{'touser':'alice','template_id':'other','data':{}}; 40037",
                "{'touser':'alice','data':{}}; 40037",
                "{'touser':'alice','template_id':'paid','data':{}}; 47003",
                "{'touser':'alice','template_id':'paid'}; 47003",
                "{'touser':'alice','template_id':'paid','data':{'thing1':{'value':1},'amount2':{'value':'1'}}}; 47003",
                "{'touser':'alice','template_id':'paid','page':1,'data':{}}; 41030",
                "{'touser':'alice','template_id':'paid','miniprogram_state':'x','data':{}}; 40097",
                "{'touser':'alice','template_id':'paid','lang':'fr_FR','data':{}}; 40097",
                "[]; 47001"
            })
    void a_message_that_makes_no_sense_is_refused(String body, int errcode) throws IOException {
        choose("paid", "accept");
        assertThat(wechat.refusal(SEND, SimulatorClient.body(body))).isEqualTo(errcode);
        assertThat(send()).isZero();
    }

    @Test
    void a_page_that_is_not_released_is_refused() throws IOException {
        choose("paid", "accept");
        wechat.order("PUT", "/_control/apps/" + APP + "/pages", "{'pages':['pages/order']}");
        assertThat(wechat.refusal(SEND, message(",'page':'pages/nowhere'"))).isEqualTo(41030);
        assertThat(wechat.refusal(SEND, message(",'page':'pages/order?id=1'"))).isZero();
    }

    @Test
    void a_banned_app_sends_nothing() throws IOException {
        choose("paid", "accept");
        wechat.order("PUT", "/_control/subscriptions/ban", "{'appId':'%s','banned':true}".formatted(APP));
        assertThat(send()).isEqualTo(43107);
        wechat.order("PUT", "/_control/subscriptions/ban", "{'appId':'%s','banned':false}".formatted(APP));
        assertThat(send()).isZero();
    }

    @Test
    void a_sensitive_word_is_refused() throws IOException {
        choose("paid", "accept");
        String body = message("").replace("Tea", "simulate-risky");
        assertThat(wechat.refusal(SEND, body)).isEqualTo(45168);
    }

    /** The first message is under way as long as its answer is late. */
    @Test
    void two_messages_to_one_user_at_one_time_are_one_too_many() throws Exception {
        choose("paid", "accept");
        choose("paid", "accept");
        wechat.token();
        wechat.order(
                "POST", "/_control/faults", "{'path':'%s','kind':'latency','millis':1500,'times':1}".formatted(SEND));
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Integer> late = executor.submit(this::send);
            while (control.messages().sent().isEmpty()) {
                Thread.sleep(10);
            }
            assertThat(send()).isEqualTo(43108);
            assertThat(late.get()).isZero();
            assertThat(send()).isZero();
        } catch (ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void a_message_whose_answer_was_lost_is_under_way_no_longer() throws IOException {
        choose("paid", "accept");
        choose("paid", "accept");
        wechat.token();
        wechat.order(
                "POST",
                "/_control/faults",
                "{'path':'%s','kind':'disconnect','afterwards':true,'times':1}".formatted(SEND));
        try {
            send();
        } catch (IOException dropped) {
            assertThat(dropped).isNotNull();
        }
        assertThat(send()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "thing1; 二十个字符以内的任意文字都可以的哦耶好; true",
                "thing1; 123456789012345678901; false",
                "number1; 12.5; true",
                "number1; twelve; false",
                "number1; 123456789012345678901234567890123; false",
                "letter1; abcXYZ; true",
                "letter1; abc1; false",
                "symbol1; !?#; true",
                "symbol1; !!!!!!; false",
                "symbol1; a; false",
                "character_string1; SF-1020_30; true",
                "character_string1; 单号1; false",
                "time1; 15:01; true",
                "time1; 2019年10月1日 15:01; true",
                "time1; 15:01~16:30; true",
                "time1; tomorrow; false",
                "date1; 2019年10月1日; true",
                "date1; 2019-10-01 15:01; true",
                "date1; 15:01; false",
                "amount1; ¥128.00; true",
                "amount1; 100元; true",
                "amount1; 12345678901; false",
                "phone_number1; +86-0766-66888866; true",
                "phone_number1; 123456789012345678; false",
                "car_number1; 粤A8Z888挂; true",
                "car_number1; 粤A8Z888888; false",
                "name1; 张三; true",
                "name1; Zhang San; true",
                "name1; 一二三四五六七八九十十; false",
                "name1; abcdefghijklmnopqrstu; false",
                "phrase1; 配送中; true",
                "phrase1; 正在配送途中; false",
                "phrase1; abc; false"
            })
    void a_value_keeps_the_rule_of_its_field(String field, String value, boolean fits) throws IOException {
        putTemplate("rule", false, "{'key':'" + field + "'}");
        choose("rule", "accept");
        String body = SimulatorClient.body(
                "{'touser':'alice','template_id':'rule','data':{'%s':{'value':'%s'}}}", field, value);
        assertThat(wechat.refusal(SEND, body)).isEqualTo(fits ? 0 : 47003);
    }

    @Test
    void a_field_of_choices_takes_those_alone() throws IOException {
        putTemplate("rule", false, "{'key':'enum1','choices':['yes','no']}");
        choose("rule", "accept");
        String body = "{'touser':'alice','template_id':'rule','data':{'enum1':{'value':'%s'}}}";
        assertThat(wechat.refusal(SEND, SimulatorClient.body(body, "perhaps"))).isEqualTo(47003);
        assertThat(wechat.refusal(SEND, SimulatorClient.body(body, "yes"))).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PUT; /_control/templates/x; {'appId':'wx0123456789abcdef','fields':[{'key':'thing'}]}; named by a rule",
                "PUT; /_control/templates/x; {'appId':'wx0123456789abcdef','fields':[]}; has fields",
                "PUT; /_control/templates/x; {'appId':'wx0123456789abcdef'}; \"fields\" is missing",
                "POST; /_control/subscriptions; {'appId':'wx0123456789abcdef','openId':'alice','templateId':'x'}; no such template",
                "POST; /_control/subscriptions; {'appId':'wx0123456789abcdef','openId':'alice','templateId':'paid','choice':'maybe'}; accept, refuse or revoke",
                "POST; /_control/content-rules; {'word':'x','suggest':'pass'}; risky, review or unreachable",
                "POST; /_control/content-rules; {'word':'x','suggest':'risky','label':1}; is one of",
                "PUT; /_control/risk-ranks; {'openId':'alice','rank':5}; from 0 to 4",
                "PUT; /_control/quotas; {'path':'/nowhere','perDay':1}; are counted",
                "PUT; /_control/quotas; {'path':'/wxa/checksession','perDay':-1}; 0 calls or more"
            })
    void a_wrong_order_is_refused_with_a_sentence(String method, String path, String body, String sentence)
            throws IOException {
        var response = wechat.send(method, path, body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body().replace("\\\"", "\"")).contains(sentence);
    }
}
