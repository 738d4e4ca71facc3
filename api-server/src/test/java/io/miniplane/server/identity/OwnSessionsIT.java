package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OwnSessionsIT {

    private static final String SESSIONS = Api.ME + "/sessions";
    private static final Duration SECONDS = Duration.ofSeconds(4);
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.53(0x18003531) NetType/WIFI Language/zh_CN";

    private static Backend backend;
    private static Api api;
    private static Api other;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer("--miniplane.identity.max-sessions=3");
        other = backend.startServer("--miniplane.identity.max-sessions=3");
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aUserSeesTheirSessionsAndFromWhatTheyWereOpened() {
        String openId = backend.newOpenId();
        Tokens first = logIn(openId, IPHONE);
        Tokens second = logIn(openId, "x".repeat(3000));
        Api.tokens(api.refresh(first.refreshToken()));

        List<JsonNode> sessions = sessions(api, second);
        assertThat(sessions).hasSize(2);
        JsonNode newest = sessions.getFirst();
        assertThat(newest.path("current").asBoolean()).isTrue();
        assertThat(newest.path("client").asString()).isEqualTo("other");
        assertThat(newest.path("lastRefreshedAt").isNull()).isTrue();
        JsonNode oldest = sessions.getLast();
        assertThat(oldest.path("current").asBoolean()).isFalse();
        assertThat(oldest.path("client").asString()).isEqualTo("iphone");
        assertThat(Instant.parse(oldest.path("lastRefreshedAt").asString()))
                .isAfterOrEqualTo(Instant.parse(oldest.path("createdAt").asString()));
        assertThat(oldest.propertyNames())
                .containsExactlyInAnyOrder("id", "createdAt", "lastRefreshedAt", "client", "current");
    }

    @Test
    void aSessionThatIsEndedIsOverEverywhereWithinSeconds() {
        String openId = backend.newOpenId();
        Tokens lost = logIn(openId, IPHONE);
        Tokens kept = logIn(openId, IPHONE);
        String id = idOfOther(kept);

        assertThat(api.call("DELETE", SESSIONS + "/" + id, kept.token(), null).status())
                .isEqualTo(200);
        assertThat(api.me(lost.token()).code()).isEqualTo(40104);
        await().atMost(SECONDS).until(() -> other.me(lost.token()).code() == 40104);
        assertThat(other.refresh(lost.refreshToken()).code()).isEqualTo(40104);
        assertThat(other.me(kept.token()).status()).isEqualTo(200);
        assertThat(sessions(other, kept)).hasSize(1);
        Map<String, Object> row =
                backend.rows("SELECT * FROM sessions WHERE id = '" + id + "'").getFirst();
        assertThat(row.get("end_reason")).isEqualTo("ENDED_BY_USER");
        assertThat(row.get("session_key")).isNull();
        assertThat(row.get("client")).isNull();

        assertThat(api.call("DELETE", SESSIONS + "/" + id, kept.token(), null).status())
                .as("again")
                .isEqualTo(200);
        assertThat(backend.rows("SELECT ended_at FROM sessions WHERE id = '" + id + "'")
                        .getFirst()
                        .get("ended_at"))
                .isEqualTo(row.get("ended_at"));
    }

    @Test
    void theSessionThatAsksCanBeEndedToo() {
        Tokens login = logIn(backend.newOpenId(), IPHONE);
        String id = sessions(api, login).getFirst().path("id").asString();
        assertThat(api.call("DELETE", SESSIONS + "/" + id, login.token(), null).status())
                .isEqualTo(200);
        assertThat(api.me(login.token()).code()).isEqualTo(40104);
    }

    @Test
    void nobodySeesOrEndsTheSessionOfAnother() {
        Tokens mine = logIn(backend.newOpenId(), IPHONE);
        Tokens theirs = logIn(backend.newOpenId(), IPHONE);
        String id = sessions(api, theirs).getFirst().path("id").asString();
        assertThat(sessions(api, mine).toString()).doesNotContain(id);
        for (String wanted : new String[] {id, UUID.randomUUID().toString(), "not-an-id", "%20"}) {
            Answer answer = api.call("DELETE", SESSIONS + "/" + wanted, mine.token(), null);
            assertThat(answer.status()).as(wanted).isEqualTo(404);
            assertThat(answer.code()).as(wanted).isEqualTo(40401);
        }
        assertThat(api.call("DELETE", SESSIONS, mine.token(), null)
                        .data()
                        .path("ended")
                        .asInt())
                .isZero();
        assertThat(api.me(theirs.token()).status()).isEqualTo(200);
        assertThat(api.call("GET", SESSIONS, null, null).code()).isEqualTo(40100);
    }

    @Test
    void allOthersAreEndedAtOnceAndTheOneThatAsksGoesOn() {
        String openId = backend.newOpenId();
        Tokens one = logIn(openId, IPHONE);
        Tokens two = logIn(openId, IPHONE);
        Tokens asking = logIn(openId, IPHONE);
        assertThat(api.call("DELETE", SESSIONS, asking.token(), null)
                        .data()
                        .path("ended")
                        .asInt())
                .isEqualTo(2);
        for (Tokens ended : List.of(one, two)) {
            assertThat(api.me(ended.token()).code()).isEqualTo(40104);
            await().atMost(SECONDS).until(() -> other.me(ended.token()).code() == 40104);
        }
        assertThat(other.me(asking.token()).status()).isEqualTo(200);
        assertThat(api.call("DELETE", SESSIONS, asking.token(), null)
                        .data()
                        .path("ended")
                        .asInt())
                .isZero();
    }

    @Test
    void aLoginBeyondTheMaximumEndsTheOldest() {
        String openId = backend.newOpenId();
        List<Tokens> logins = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            logins.add(logIn(openId, IPHONE));
        }
        assertThat(sessions(api, logins.getLast())).hasSize(3);
        for (Tokens old : logins.subList(0, 2)) {
            assertThat(api.me(old.token()).code()).isEqualTo(40104);
            await().atMost(SECONDS).until(() -> other.me(old.token()).code() == 40104);
        }
        for (Tokens live : logins.subList(2, 5)) {
            assertThat(api.me(live.token()).status()).isEqualTo(200);
        }
        assertThat(backend.rows("SELECT end_reason FROM sessions WHERE end_reason = 'SUPERSEDED' AND user_id = '"
                        + logins.getFirst().userId() + "'"))
                .hasSize(2);
    }

    @Test
    void manyLoginsAndEndingsAtOnceOnTwoServersLeaveNoMoreThanMayLiveAndDoNotBlockEachOther() {
        String openId = backend.newOpenId();
        Tokens asking = logIn(openId, IPHONE);
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Api server = i % 2 == 0 ? api : other;
            calls.add(server.start("POST", Api.LOGIN, null, Map.of("code", backend.loginCode(openId))));
            if (i % 4 == 0) {
                calls.add(server.start("DELETE", SESSIONS, asking.token(), null));
            }
        }
        assertThat(calls.stream().map(call -> call.join().status()))
                .allSatisfy(status -> assertThat(status).isIn(200, 401));
        Tokens last = logIn(openId, IPHONE);
        assertThat(sessions(api, last)).hasSizeLessThanOrEqualTo(3);
        assertThat(backend.rows("SELECT id FROM sessions WHERE ended_at IS NULL AND user_id = '" + last.userId() + "'"))
                .hasSizeLessThanOrEqualTo(3);
    }

    private static Tokens logIn(String openId, String userAgent) {
        Map<String, String> body = Map.of("code", backend.loginCode(openId));
        return Api.tokens(api.start("POST", Api.LOGIN, null, body, "User-Agent", userAgent)
                .join());
    }

    private static String idOfOther(Tokens asking) {
        return sessions(api, asking).stream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private static List<JsonNode> sessions(Api server, Tokens asking) {
        Answer answer = server.call("GET", SESSIONS, asking.token(), null);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.data().valueStream().toList();
    }
}
