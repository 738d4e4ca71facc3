package io.miniplane.server.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.TestContainer;
import io.miniplane.server.wechat.PushSender;
import io.miniplane.simulator.SimulatorOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the container is told of: pushes and events, through the queues. */
class ContainerDeliveryIT {

    private static final String PUSH = "/wechat/push";
    private static final String EVENTS = "/events";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final TestContainer CONTAINER = new TestContainer();

    private static Backend backend;
    private static Api server;
    private static int port;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        server = backend.startServer(PushSender.settings(
                "Safe",
                "--miniplane.events.poll=100ms",
                "--miniplane.events.first-retry=100ms",
                "--miniplane.events.longest-retry=500ms",
                "--miniplane.gateway.upstream-url=" + CONTAINER.url(),
                "--miniplane.gateway.local.port=0",
                "--miniplane.gateway.callbacks.push.path=" + PUSH,
                "--miniplane.gateway.subscriptions[0].path=" + EVENTS,
                "--miniplane.gateway.subscriptions[0].types=user.deleted,shop.*,stock.low"));
        port = server.context().getBean(LocalServer.class).port();
    }

    @AfterAll
    static void stop() {
        backend.close();
        CONTAINER.close();
    }

    @AfterEach
    void calm() {
        CONTAINER.answers(letter -> 200);
    }

    @Test
    void aPushIsToldOnceHoweverOftenItComesAsPlainJson() {
        for (int i = 0; i < 3; i++) {
            PushSender.deliver(server, PushSender.safe(text("880001", "once")));
        }
        await().atMost(PATIENCE).until(() -> told("once").size() == 1);
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> told("once").size() == 1);
        TestContainer.Posted letter = told("once").getFirst();
        assertThat(letter.headers())
                .containsEntry("X-WX-SOURCE", "wx_push")
                .containsEntry("X-WX-APPID", SimulatorOptions.TRIAL_APP_ID)
                .containsEntry("X-WX-OPENID", "oSomebody")
                .containsEntry("X-WX-ENV", "dev")
                .containsKey("traceparent");
        assertThat(letter.headers().get("Content-Type")).startsWith("application/json");
        assertThat(letter.body())
                .contains("\"MsgType\":\"text\"", "\"MsgId\":880001", "\"FromUserName\":\"oSomebody\"");
    }

    @Test
    void whatTheServerHandlesItselfItKeepsToItself() {
        PushSender.deliver(
                server,
                PushSender.safe(
                        "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"oSomebody\",\"CreateTime\":1714112445,\"MsgType\":\"event\","
                                + "\"Event\":\"wxa_media_check\",\"trace_id\":\"kept\"}"));
        PushSender.deliver(
                server,
                PushSender.safe(
                        "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"oSomebody\",\"CreateTime\":1714112446,\"MsgType\":\"event\","
                                + "\"Event\":\"never_heard_of\",\"n\":12.50}"));
        await().atMost(PATIENCE).until(() -> told("never_heard_of").size() == 1);
        assertThat(told("never_heard_of").getFirst().body()).contains("12.50");
        assertThat(told("wxa_media_check")).isEmpty();
    }

    @Test
    void aContainerThatIsGoneIsToldWhenItIsBack() {
        CONTAINER.kill();
        PushSender.deliver(server, PushSender.safe(text("880002", "patient")));
        publish("shop.opened", "e-gone", "shop-1", "{\"a\":1}");
        await().atMost(PATIENCE)
                .until(() -> !backend.rows(
                                "SELECT * FROM queue_messages WHERE queue = 'wechat-push.container' AND attempts >= 2")
                        .isEmpty());
        CONTAINER.revive();
        await().atMost(PATIENCE)
                .until(() -> told("patient").size() == 1 && events("e-gone").size() == 1);
    }

    @Test
    void aContainerThatFailsIsAskedAgainAndOneThatRefusesIsNot() {
        CONTAINER.answers(letter -> letter.body().contains("busy")
                        && CONTAINER.posted(PUSH).stream()
                                        .filter(other -> other.body().contains("busy"))
                                        .count()
                                < 2
                ? 503
                : letter.body().contains("unwanted") ? 400 : 200);
        PushSender.deliver(server, PushSender.safe(text("880003", "busy")));
        PushSender.deliver(server, PushSender.safe(text("880004", "unwanted")));
        await().atMost(PATIENCE).until(() -> told("busy").size() == 1);
        await().atMost(PATIENCE)
                .until(() -> !backend.rows("SELECT * FROM queue_messages WHERE dead_at IS NOT NULL")
                        .isEmpty());
        assertThat(backend.rows("SELECT attempts, last_error FROM queue_messages WHERE dead_at IS NOT NULL"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("attempts", 1);
                    assertThat(row.get("last_error").toString()).contains("HTTP 400", PUSH);
                });
    }

    @Test
    void theContainersOwnEventsComeBackToItOnceAsTheyWere() {
        for (int i = 0; i < 3; i++) {
            publish("shop.hours.changed", "e-1", "店-9", "{\"price\":12.50,\"name\":\"茶\"}");
        }
        publish("stock.low", "e-2", "shop-9", "[1]");
        publish("stock.high", "e-3", "shop-9", "[1]");
        publish("shopping.done", "e-4", "shop-9", "[1]");
        publish("shop.closed", "e-5", "shop-9", "null");
        await().atMost(PATIENCE)
                .until(() -> events("e-5").size() == 1
                        && events("e-1").size() == 1
                        && events("e-2").size() == 1);
        await().during(Duration.ofMillis(700))
                .atMost(PATIENCE)
                .until(() -> events("e-1").size() == 1);
        TestContainer.Posted event = events("e-1").getFirst();
        assertThat(event.body()).isEqualTo("{\"price\":12.50,\"name\":\"茶\"}");
        assertThat(event.headers())
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-type", "shop.hours.changed")
                .containsEntry("ce-source", "/shop")
                .containsEntry("ce-subject", "%E5%BA%97-9")
                .containsKey("ce-time");
        assertThat(events("e-3")).isEmpty();
        assertThat(events("e-4")).isEmpty();
    }

    @Test
    void eventsOfTheServerAreToldInTheSameForm() {
        Api.Tokens login = server.logIn(backend.loginCode());
        assertThat(server.call("DELETE", Api.ME, login.token(), null).status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> CONTAINER.taken(EVENTS).stream()
                        .anyMatch(event -> event.body().contains(login.userId())));
        TestContainer.Posted event = CONTAINER.taken(EVENTS).stream()
                .filter(each -> each.body().contains(login.userId()))
                .findFirst()
                .orElseThrow();
        assertThat(event.headers())
                .containsEntry("ce-type", "user.deleted")
                .containsEntry("ce-source", "/miniplane/" + SimulatorOptions.TRIAL_APP_ID)
                .containsEntry("ce-subject", "user/" + login.userId());
        assertThat(event.headers().get("ce-id")).matches("[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @ValueSource(strings = {PUSH, PUSH + "/", EVENTS})
    void thePublicPostsNothingWhereTheContainerBelievesUs(String path) {
        assertThat(server.call("POST", path, null, Map.of("MsgType", "text", "FromUserName", "oForged"))
                        .status())
                .isEqualTo(404);
        assertThat(CONTAINER.posted(path)).noneMatch(letter -> letter.body().contains("oForged"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"CheckContainerPath\"}", " { \"action\" : \"CheckContainerPath\" } ",
                "<xml><action>CheckContainerPath</action></xml>",
                        "<xml><action><![CDATA[CheckContainerPath]]></action></xml>"
            })
    void theProbeOfCloudRunIsAnsweredByTheServer(String probe) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(server.base().resolve(PUSH))
                        .POST(BodyPublishers.ofString(probe))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("success");
        assertThat(CONTAINER.posted(PUSH)).noneMatch(letter -> letter.body().contains("CheckContainerPath"));
    }

    private static List<TestContainer.Posted> told(String word) {
        return CONTAINER.taken(PUSH).stream()
                .filter(letter -> letter.body().contains(word))
                .toList();
    }

    private static List<TestContainer.Posted> events(String id) {
        return CONTAINER.taken(EVENTS).stream()
                .filter(letter -> id.equals(letter.headers().get("ce-id")))
                .toList();
    }

    private static String text(String messageId, String content) {
        return "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"oSomebody\",\"CreateTime\":1714112445,\"MsgType\":\"text\","
                + "\"Content\":\"" + content + "\",\"MsgId\":" + messageId + "}";
    }

    private static void publish(String type, String id, String subject, String data) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/shop\",\"type\":\"" + type
                + "\",\"subject\":\"" + subject + "\",\"data\":" + data + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + LocalRoutes.EVENTS))
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event))
                .build();
        assertThat(HTTP.sendAsync(request, BodyHandlers.ofString()).join().statusCode())
                .isEqualTo(202);
    }
}
