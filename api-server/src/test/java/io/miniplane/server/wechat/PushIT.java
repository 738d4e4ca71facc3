package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.wechat.PushSender.Letter;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.push.Push;
import io.miniplane.simulator.push.PushCallback;
import io.miniplane.simulator.push.PushFormat;
import io.miniplane.simulator.push.PushMode;
import io.miniplane.simulator.push.PushOrder;
import io.miniplane.simulator.push.PushTemplate;
import io.miniplane.simulator.push.Pushes;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PushIT {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Backend backend;
    private static Api server;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        server = backend.startServerWith(
                new Class<?>[] {PushTrial.Collecting.class},
                PushSender.settings("Compatible", "--miniplane.events.poll=200ms"));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @BeforeEach
    void forget() {
        PushTrial.Collecting.SEEN.clear();
    }

    @Test
    void theCheckOfTheAddressIsAnsweredWithTheEchoAndNothingElse() throws Exception {
        Letter letter = PushSender.plain("").with("echostr", "4375120948345356249");
        HttpResponse<String> answer = PushSender.check(server, letter.query());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("4375120948345356249");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(PushSender.check(
                                server, letter.with("signature", "0".repeat(40)).query())
                        .statusCode())
                .isEqualTo(401);
        assertThat(PushSender.check(server, letter.without("echostr").query()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void allKindsArriveTheSameWayInEveryModeAndFormat() throws Exception {
        Pushes pushes = backend.simulator().control().pushes();
        String openId = backend.newOpenId();
        Map<String, ObjectNode> sent = new TreeMap<>();
        Arrays.stream(PushTemplate.values())
                .filter(template -> !template.name().startsWith("USER_AUTHORIZATION"))
                .forEach(template -> sent.put(template.text(), template.message(APP, openId, Instant.now())));
        Map<String, List<String>> seen = new TreeMap<>();
        for (PushMode mode : PushMode.values()) {
            for (PushFormat format : PushFormat.values()) {
                backend.execute("DELETE FROM wechat_pushes_seen");
                PushTrial.Collecting.SEEN.clear();
                pushes.configure(APP, callback(mode, format)).get();
                for (ObjectNode message : sent.values()) {
                    assertThat(pushes.send(PushOrder.of(APP, message)).get().state())
                            .isEqualTo(Push.State.ACCEPTED);
                }
                await().atMost(PATIENCE).until(() -> PushTrial.Collecting.SEEN.size() == sent.size());
                seen.put(
                        mode + " " + format,
                        PushTrial.Collecting.SEEN.stream()
                                .map(PushIT::wordsOf)
                                .sorted()
                                .toList());
            }
        }
        assertThat(seen)
                .hasSize(6)
                .allSatisfy((form, messages) -> assertThat(messages)
                        .as(form)
                        .isEqualTo(seen.get("Plain JSON"))
                        .noneMatch(message -> message.startsWith("Unknown")));
    }

    @Test
    void aMessageIsHandledOnceHoweverOftenAndInWhicheverFormItComes() {
        String event =
                "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"o1\",\"CreateTime\":1714112445,\"MsgType\":\"event\","
                        + "\"Event\":\"user_enter_tempsession\",\"SessionFrom\":\"once\"}";
        String turned = "{\"SessionFrom\":\"once\",\"Event\":\"user_enter_tempsession\",\"MsgType\":\"event\","
                + "\"CreateTime\":\"1714112445\",\"FromUserName\":\"o1\",\"ToUserName\":\"gh_1\"}";
        String xml = "<xml><Event>user_enter_tempsession</Event><ToUserName><![CDATA[gh_1]]></ToUserName>"
                + "<FromUserName>o1</FromUserName><CreateTime>1714112445</CreateTime><MsgType>event</MsgType>"
                + "<SessionFrom>once</SessionFrom></xml>";
        Letter verbatim = PushSender.safe(event);
        for (Letter letter : List.of(
                verbatim,
                verbatim,
                PushSender.safe(turned),
                PushSender.plain(event),
                PushSender.safe(xml),
                PushSender.plain(xml))) {
            PushSender.deliver(server, letter);
        }
        await().atMost(PATIENCE).until(() -> !PushTrial.Collecting.SEEN.isEmpty());
        await().during(Duration.ofMillis(500)).until(() -> PushTrial.Collecting.SEEN.size() == 1);
    }

    @Test
    void aMessageOfItsOwnNumberIsKnownByThatAndAnEventOfTheSameSecondByWhatItSays() {
        PushSender.deliver(server, PushSender.safe(text("77001", "a")));
        PushSender.deliver(server, PushSender.safe(text("77001", "a")));
        PushSender.deliver(server, PushSender.safe(text("77002", "a")));
        PushSender.deliver(server, PushSender.safe(mediaCheck("t1")));
        PushSender.deliver(server, PushSender.safe(mediaCheck("t2")));
        await().atMost(PATIENCE).until(() -> PushTrial.Collecting.SEEN.size() == 4);
        await().during(Duration.ofMillis(300)).until(() -> PushTrial.Collecting.SEEN.size() == 4);
    }

    @Test
    void whatNobodyKnowsIsKeptWholeEncryptedAndCounted() {
        double before = counted("accepted");
        PushSender.deliver(
                server,
                PushSender.safe(
                        "{\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"FromUserName\":\"oUnknown\",\"n\":12.50}"));
        await().atMost(PATIENCE).until(() -> PushTrial.Collecting.SEEN.size() == 1);
        PushMessage.Unknown unknown = (PushMessage.Unknown) PushTrial.Collecting.SEEN.getFirst();
        assertThat(unknown.kind()).isEqualTo("event.debug_demo");
        assertThat(unknown.body()).contains("\"n\":12.50");
        assertThat(counted("accepted")).isEqualTo(before + 1);
        assertThat(backend.rows("SELECT sealed_data, subject, traceparent FROM outbox"))
                .allSatisfy(row -> {
                    assertThat(new String((byte[]) row.get("sealed_data"), StandardCharsets.ISO_8859_1))
                            .doesNotContain("oUnknown");
                    assertThat(row.get("subject")).isNull();
                    assertThat(row.get("traceparent").toString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
                });
    }

    @Test
    void whoTakesTheLeaveBackIsDeleted() throws Exception {
        Pushes pushes = backend.simulator().control().pushes();
        pushes.configureUnchecked(APP, callback(PushMode.Safe, PushFormat.XML));
        for (PushTemplate template :
                List.of(PushTemplate.USER_AUTHORIZATION_REVOKE, PushTemplate.USER_AUTHORIZATION_CANCELLATION)) {
            String openId = backend.newOpenId();
            Api.Tokens login = server.logIn(backend.loginCode(openId));
            assertThat(server.me(login.token()).status()).isEqualTo(200);
            pushes.send(PushOrder.of(APP, template.message(APP, openId, Instant.now()))
                            .duplicated(2))
                    .get();
            await().atMost(PATIENCE).until(() -> server.me(login.token()).code() == 40104);
            assertThat(backend.rows(
                            "SELECT openid FROM users WHERE id = '" + login.userId() + "' AND deleted_at IS NOT NULL"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("openid")).isNull());
        }
    }

    @Test
    void withoutSettingsThereIsNothingAtTheAddress() throws Exception {
        Api bare = backend.startServer();
        assertThat(PushSender.send(bare, PushSender.plain("{}")).statusCode()).isEqualTo(404);
        assertThat(PushSender.check(bare, Map.of("echostr", "1")).statusCode()).isEqualTo(404);
    }

    private static PushCallback callback(PushMode mode, PushFormat format) {
        return PushCallback.of(server.base().resolve(PushSender.PATH), PushSender.TOKEN, PushSender.KEY, mode, format);
    }

    static String text(String messageId, String content) {
        return "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"oSomebody\",\"CreateTime\":1714112445,\"MsgType\":\"text\","
                + "\"Content\":\"" + content + "\",\"MsgId\":" + messageId + "}";
    }

    private static String mediaCheck(String traceId) {
        return "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"oSomebody\",\"CreateTime\":1714112445,\"MsgType\":\"event\","
                + "\"Event\":\"wxa_media_check\",\"trace_id\":\"" + traceId + "\"}";
    }

    /** Records hide what they hold from logs, so it is written another way. */
    private static String wordsOf(PushMessage message) {
        return message.getClass().getSimpleName() + JsonMapper.shared().writeValueAsString(message);
    }

    private static double counted(String outcome) {
        return counted(server, outcome);
    }

    static double counted(Api api, String outcome) {
        return api.metrics()
                .lines()
                .filter(line -> line.startsWith("miniplane_wechat_pushes_total{")
                        && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
