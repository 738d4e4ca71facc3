package io.miniplane.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.simulator.http.Json;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The published examples of WeChat. */
class PushVectorsTest {

    private static final String TOKEN = "AAAAA";
    private static final String KEY = "A".repeat(43);
    private static final String APP = "wxba5fad812f8e6fb9";
    private static final String RANDOM = "a8eedb185eb2fecf";
    private static final String MESSAGE =
            "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\","
                    + "\"CreateTime\":1714112445,\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello world\"}";
    private static final String ENCRYPTED =
            "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsX"
                    + "UnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFI"
                    + "ZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";

    private static PushWriter writer(PushMode mode, PushFormat format) {
        return new PushWriter(APP, PushCallback.of(URI.create("http://127.0.0.1/push"), TOKEN, KEY, mode, format));
    }

    private static PushLetter letter(PushMode mode, PushFormat format) {
        var stamp = new PushWriter.Stamp("1714112445", "415670741", RANDOM);
        return writer(mode, format).write((ObjectNode) Json.parse(MESSAGE), null, stamp);
    }

    private static Map<String, List<String>> parameters(PushLetter letter) {
        return new QueryStringDecoder("/?" + letter.query()).parameters();
    }

    @Test
    void the_url_check_is_signed_as_published() {
        var stamp = new PushWriter.Stamp("1714036504", "1514711492", RANDOM);
        assertThat(writer(PushMode.Safe, PushFormat.JSON).check(stamp, "4375120948345356249"))
                .hasToString("http://127.0.0.1/push?signature=f464b24fc39322e44b38aa78f5edd27bd1441696"
                        + "&timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249");
    }

    @Test
    void a_plain_push_is_signed_as_published() {
        var stamp = new PushWriter.Stamp("1714037059", "486452656", RANDOM);
        PushLetter letter =
                writer(PushMode.Plain, PushFormat.JSON).write((ObjectNode) Json.parse(MESSAGE), null, stamp);
        assertThat(parameters(letter))
                .containsEntry("signature", List.of("899cf89e464efb63f54ddac96b0a0a235f53aa78"))
                .containsEntry("openid", List.of("o9AgO5Kd5ggOC-bXrbNODIiE3bGY"))
                .doesNotContainKeys("msg_signature", "encrypt_type");
        assertThat(letter.body()).isEqualTo(MESSAGE);
    }

    @Test
    void a_safe_push_is_enciphered_and_signed_as_published() {
        PushLetter letter = letter(PushMode.Safe, PushFormat.JSON);
        assertThat(parameters(letter))
                .containsEntry("signature", List.of("6c5c811b55cc85e0e1b54100749188c20beb3f5d"))
                .containsEntry("msg_signature", List.of("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"))
                .containsEntry("encrypt_type", List.of("aes"));
        assertThat(letter.body()).isEqualTo("{\"ToUserName\":\"gh_97417a04a28d\",\"Encrypt\":\"" + ENCRYPTED + "\"}");
    }

    @Test
    void the_published_cipher_text_is_read() {
        assertThat(new PushCipher(KEY).decrypt(ENCRYPTED, APP)).isEqualTo(MESSAGE);
    }

    @Test
    void a_compatible_push_says_it_twice() {
        assertThat(letter(PushMode.Compatible, PushFormat.JSON).body())
                .isEqualTo(MESSAGE.substring(0, MESSAGE.length() - 1) + ",\"Encrypt\":\"" + ENCRYPTED + "\"}");
        assertThat(letter(PushMode.Compatible, PushFormat.XML).body())
                .startsWith("<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>")
                .contains("<CreateTime>1714112445</CreateTime>", "<Encrypt><![CDATA[");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 13, 31, 32, 33, 100, 1000})
    void messages_of_every_length_come_back(int length) {
        PushCipher cipher = new PushCipher("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
        String message = "好".repeat(length);
        assertThat(cipher.decrypt(cipher.encrypt(RANDOM, message, APP), APP)).isEqualTo(message);
    }

    @Test
    void another_key_or_app_is_noticed() {
        assertThatThrownBy(() -> new PushCipher("B" + "A".repeat(42)).decrypt(ENCRYPTED, APP))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PushCipher(KEY).decrypt(ENCRYPTED, "wx0123456789abcdef"))
                .hasMessage("The appId is another.");
        assertThatThrownBy(() -> new PushCipher(KEY).decrypt(ENCRYPTED.substring(0, 60), APP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void xml_nests_the_lists_of_subscription_events_and_escapes_what_ends_a_text() {
        ObjectNode message = (ObjectNode)
                Json.parse(
                        "{\"Event\":\"subscribe_msg_popup_event\",\"List\":[{\"TemplateId\":\"a]]>b\"},{\"TemplateId\":\"c\"}]}");
        assertThat(PushXml.write(message))
                .isEqualTo("<xml><Event><![CDATA[subscribe_msg_popup_event]]></Event><SubscribeMsgPopupEvent>"
                        + "<List><TemplateId><![CDATA[a]]]]><![CDATA[>b]]></TemplateId></List>"
                        + "<List><TemplateId><![CDATA[c]]></TemplateId></List></SubscribeMsgPopupEvent></xml>");
    }

    @ParameterizedTest
    @EnumSource(PushFormat.class)
    void an_enciphered_answer_counts_when_it_is_genuine(PushFormat format) {
        PushReader reader = new PushReader(
                APP, PushCallback.of(URI.create("http://127.0.0.1/push"), TOKEN, KEY, PushMode.Safe, format));
        String encrypted = new PushCipher(KEY).encrypt(RANDOM, "{\"demo_resp\":\"good\"}", APP);
        String signature = PushSignature.of(TOKEN, "1714112445", "415670741", encrypted);
        String answer = format == PushFormat.JSON
                ? "{\"Encrypt\":\"%s\",\"MsgSignature\":\"%s\",\"TimeStamp\":1714112445,\"Nonce\":\"415670741\"}"
                : "<xml><Encrypt><![CDATA[%s]]></Encrypt><MsgSignature><![CDATA[%s]]></MsgSignature>"
                        + "<TimeStamp>1714112445</TimeStamp><Nonce><![CDATA[415670741]]></Nonce></xml>";
        assertThat(reader.acknowledgement(200, answer.formatted(encrypted, signature)))
                .contains("{\"demo_resp\":\"good\"}");
        assertThat(reader.acknowledgement(200, answer.formatted(encrypted, "0".repeat(40))))
                .isEmpty();
        assertThat(reader.acknowledgement(500, answer.formatted(encrypted, signature)))
                .isEmpty();
    }
}
