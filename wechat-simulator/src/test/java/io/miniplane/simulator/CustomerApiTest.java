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

class CustomerApiTest {

    private static final String SEND = "/cgi-bin/message/custom/send";
    private static final String TEXT =
            SimulatorClient.body("{'touser':'alice','msgtype':'text','text':{'content':'hello'}}");

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @BeforeEach
    void makeUser() {
        control.putUser("alice", null, null, false);
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private void write() throws IOException {
        wechat.order(
                "POST", "/_control/user-messages", "{'appId':'%s','openId':'alice'}".formatted(SimulatorClient.APP));
    }

    @Test
    void an_app_answers_for_48_hours() throws IOException {
        assertThat(wechat.refusal(SEND, TEXT)).isEqualTo(45015);
        write();
        control.advance(Duration.ofDays(2).minusSeconds(10));
        assertThat(wechat.refusal(SEND, TEXT)).isZero();
        control.advance(Duration.ofSeconds(10));
        assertThat(wechat.refusal(SEND, TEXT)).isEqualTo(45015);
    }

    @Test
    void an_app_answers_five_times_until_the_user_writes_again() throws IOException {
        write();
        for (int i = 0; i < 5; i++) {
            assertThat(wechat.refusal(SEND, TEXT)).isZero();
        }
        assertThat(wechat.refusal(SEND, TEXT)).isEqualTo(45047);
        write();
        assertThat(wechat.refusal(SEND, TEXT)).isZero();
        assertThat(control.messages().sent())
                .hasSize(6)
                .allMatch(message -> message.kind().equals("customer"));
    }

    @Test
    void a_pushed_message_of_a_user_may_be_answered() throws IOException {
        wechat.order(
                "PUT",
                "/_control/apps/" + SimulatorClient.APP + "/push",
                "{'url':'%s/','token':'AAAAA','encodingAesKey':'%s','mode':'Plain','deliveries':1,'check':false}"
                        .formatted(wechat.simulator().baseUri(), "A".repeat(43)));
        String push = "{'appId':'%s','message':{'FromUserName':'alice','MsgType':'%s'}}";
        wechat.order("POST", "/_control/pushes", push.formatted(SimulatorClient.APP, "event"));
        assertThat(wechat.refusal(SEND, TEXT)).isEqualTo(45015);
        wechat.order("POST", "/_control/pushes", push.formatted(SimulatorClient.APP, "text"));
        assertThat(wechat.refusal(SEND, TEXT)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'image','image':{'media_id':'m'}; 0",
                "'link','link':{'title':'t','description':'d','url':'https://a.b','thumb_url':'https://a.b/c'}; 0",
                "'miniprogrampage','miniprogrampage':{'title':'t','pagepath':'p','thumb_media_id':'m'}; 0",
                "'text','text':{}; 40097",
                "'text'; 40097",
                "'image','image':{}; 40007",
                "'link','link':{'title':'t','description':'d','thumb_url':'https://a.b/c'}; 40066",
                "'link','link':{'description':'d','url':'https://a.b','thumb_url':'https://a.b/c'}; 40097",
                "'miniprogrampage','miniprogrampage':{'title':'t','pagepath':'p'}; 40007",
                "'miniprogrampage','miniprogrampage':{'title':'t','thumb_media_id':'m'}; 40097",
                "'dance','dance':{}; 40008",
                "'','text':{'content':'x'}; 40008"
            })
    void each_kind_of_message_has_its_parts(String message, int errcode) throws IOException {
        write();
        String body = SimulatorClient.body("{'touser':'alice','msgtype':" + message + "}");
        assertThat(wechat.refusal(SEND, body)).isEqualTo(errcode);
    }

    @Test
    void a_text_has_2048_bytes_at_most() throws IOException {
        write();
        assertThat(wechat.refusal(SEND, TEXT.replace("hello", "长".repeat(682)))).isZero();
        assertThat(wechat.refusal(SEND, TEXT.replace("hello", "长".repeat(683)))).isEqualTo(45002);
    }

    @Test
    void nobody_gets_no_message() throws IOException {
        assertThat(wechat.refusal(SEND, TEXT.replace("alice", "nobody"))).isEqualTo(40003);
        assertThat(wechat.refusal(SEND, "{\"msgtype\":\"text\"}")).isEqualTo(40003);
    }
}
