package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.push.CallbackServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PushApiTest {

    private static final String CALLBACK = "/_control/apps/" + SimulatorClient.APP + "/push";
    private static final String TOKEN = "SimulatedToken1";
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private final SimulatorClient wechat = new SimulatorClient();
    private final CallbackServer server = new CallbackServer();

    @AfterEach
    void stop() {
        wechat.close();
        server.close();
    }

    private String callback(String more) {
        return "{\"url\":\"%s\",\"token\":\"%s\",\"encodingAesKey\":\"%s\"%s}"
                .formatted(server.uri(), TOKEN, KEY, more);
    }

    @Test
    void a_callback_is_set_and_told_without_its_secrets() throws IOException {
        String told = wechat.send("PUT", CALLBACK, callback(",\"format\":\"XML\",\"deliveries\":2"))
                .body();
        assertThat(told)
                .isEqualTo(wechat.send("GET", CALLBACK, "").body())
                .contains("\"mode\":\"Safe\",\"format\":\"XML\",\"deliveries\":2")
                .doesNotContain(TOKEN, KEY);
        assertThat(wechat.send("DELETE", CALLBACK, "").statusCode()).isEqualTo(200);
        assertThat(wechat.json("GET", CALLBACK, "").path("error").stringValue()).contains("no push callback");
    }

    @Test
    void a_push_is_answered_with_what_came_of_it() throws IOException {
        wechat.send("PUT", CALLBACK, callback(""));
        JsonNode push = wechat.json(
                "POST",
                "/_control/pushes",
                "{\"appId\":\"%s\",\"openId\":\"oAlice\",\"template\":\"wxa_media_check\",\"duplicates\":1}"
                        .formatted(SimulatorClient.APP));
        assertThat(push.path("state").stringValue()).isEqualTo("ACCEPTED");
        assertThat(push.path("kind").stringValue()).isEqualTo("wxa_media_check");
        assertThat(push.path("deliveries")).hasSize(2);
        JsonNode own = wechat.json(
                "POST",
                "/_control/pushes",
                "{\"appId\":\"%s\",\"message\":{\"ToUserName\":\"gh_1\",\"MsgType\":\"voice\"},\"fault\":\"stale\"}"
                        .formatted(SimulatorClient.APP));
        assertThat(own.path("fault").stringValue()).isEqualTo("stale");
        assertThat(wechat.json("GET", "/_control/pushes", "").path("pushes").path(0))
                .isEqualTo(own);
        wechat.send("DELETE", "/_control/pushes", "");
        assertThat(wechat.json("GET", "/_control/pushes", "").path("pushes")).isEmpty();
    }

    @Test
    void the_templates_are_listed_and_filled() throws IOException {
        JsonNode names = wechat.json("GET", "/_control/push-templates", "").path("templates");
        assertThat(names).hasSize(14);
        for (JsonNode name : names) {
            String path =
                    "/_control/push-templates/" + name.stringValue() + "?appId=" + SimulatorClient.APP + "&openId=o1";
            JsonNode message = wechat.json("GET", path, "");
            assertThat(message.path("FromUserName").stringValue()).isEqualTo("o1");
        }
        assertThat(wechat.json("GET", "/_control/push-templates/poem", "")
                        .path("error")
                        .stringValue())
                .contains("unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"token\":\"abc\"}; \"url\" is missing",
                "{\"url\":\"http://a b\"}; no address",
                "{\"url\":\"http://127.0.0.1:1/\",\"token\":\"abc\"}; \"encodingAesKey\" is missing",
                "{\"url\":\"http://127.0.0.1:1/\",\"token\":\"abc\",\"encodingAesKey\":\"%k\",\"mode\":\"open\"}; Plain, Compatible",
                "{\"url\":\"http://127.0.0.1:1/\",\"token\":\"abc\",\"encodingAesKey\":\"%k\"}; The URL check failed"
            })
    void a_wrong_callback_is_refused_with_a_sentence(String body, String sentence) throws IOException {
        String order = body.replace("%k", KEY);
        assertThat(wechat.send("PUT", CALLBACK, order).statusCode()).isEqualTo(400);
        assertThat(wechat.json("PUT", CALLBACK, order).path("error").stringValue())
                .contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; \"template\" is missing",
                "{\"template\":\"poem\"}; GET /_control/push-templates",
                "{\"template\":\"text\"}; \"appId\" is missing",
                "{\"template\":\"text\",\"appId\":\"wx0000000000000000\"}; This appId is unknown",
                "{\"template\":\"text\",\"appId\":\"wx0123456789abcdef\"}; \"openId\" is missing",
                "{\"message\":[],\"appId\":\"wx0123456789abcdef\"}; a JSON object",
                "{\"message\":{},\"appId\":\"wx0123456789abcdef\",\"fault\":\"fire\"}; one of wrong-signature",
                "{\"message\":{},\"appId\":\"wx0123456789abcdef\",\"duplicates\":-1}; 0 to 100",
                "{\"message\":{},\"appId\":\"wx0123456789abcdef\"}; no push callback"
            })
    void a_wrong_push_is_refused_with_a_sentence(String order, String sentence) throws IOException {
        assertThat(wechat.send("POST", "/_control/pushes", order).statusCode()).isEqualTo(400);
        assertThat(wechat.json("POST", "/_control/pushes", order).path("error").stringValue())
                .contains(sentence);
    }
}
