package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.LOGIN;
import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatSession;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginClientTest {

    private final WechatStage stage = new WechatStage();

    @AfterEach
    void stop() {
        stage.close();
    }

    private WechatFailure loginFailure(String code) {
        return failure(stage.login.exchange(code));
    }

    private WechatFailure loginFailure(Effect effect) {
        stage.control.inject(Fault.always(LOGIN, effect));
        return loginFailure(stage.newCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain"})
    void a_code_becomes_a_session(String contentType) {
        stage.control.contentType(contentType);
        stage.control.putUser("alice", "union-of-alice", null, false);
        WechatSession session = result(stage.login.exchange(
                stage.control.loginCode(WechatStage.APP, "alice").code()));
        assertThat(session.openId()).isEqualTo("alice");
        assertThat(session.unionId()).isEqualTo("union-of-alice");
        assertThat(stage.control.liveSessionKey(WechatStage.APP, "alice"))
                .contains(session.sessionKey().reveal());
        assertThat(session.toString()).doesNotContain(session.sessionKey().reveal());
    }

    @Test
    void a_user_without_unionid_has_none() {
        assertThat(result(stage.login.exchange(stage.newCode())).unionId()).isNull();
    }

    @Test
    void used_expired_and_unknown_codes_are_one_class() {
        String used = stage.newCode();
        result(stage.login.exchange(used));
        String expired = stage.newCode();
        stage.control.advance(Duration.ofSeconds(1));
        assertRejected(loginFailure(used), 40163);
        stage.control.advance(Duration.ofMinutes(5));
        assertRejected(loginFailure(expired), 40029);
        assertRejected(loginFailure("a&secret=b+c%20{d}é"), 40029);
    }

    private static void assertRejected(WechatFailure failure, int errcode) {
        assertThat(failure).isInstanceOf(WechatFailure.CodeRejected.class);
        assertThat(failure.code().value()).isEqualTo(40001);
        assertThat(failure.errcode()).isEqualTo(errcode);
    }

    @Test
    void what_cannot_be_a_code_is_refused_without_asking_wechat() {
        assertThat(loginFailure(" ").code().value()).isEqualTo(40001);
        assertThat(loginFailure("x".repeat(513)).code().value()).isEqualTo(40001);
        assertThat(stage.requests(LOGIN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "40226, 40301",
        "45011, 42901",
        "40013, 50201",
        "40125, 50201",
        "40164, 50201",
        "-1, 50301",
        "44990, 50301"
    })
    void each_error_number_has_its_code(int errcode, int code) {
        WechatFailure failure = loginFailure(new Effect.Errcode(errcode, "injected"));
        assertThat(failure.code().value()).isEqualTo(code);
        assertThat(failure.errcode()).isEqualTo(errcode);
        assertThat(failure.retryAfter() != null).isEqualTo(code == 50301 || code == 42901);
    }

    @Test
    void an_error_number_may_be_text() {
        assertRejected(loginFailure(new Effect.Garbage("{\"errcode\":\"40029\",\"errmsg\":\"x\"}")), 40029);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>oops</html>",
                "[]",
                "null",
                "{\"openid\":\"o\"",
                "{}",
                "{\"openid\":\"o\"}",
                "{\"session_key\":\"k\"}",
                "{\"openid\":\"\",\"session_key\":\"k\"}",
                "{\"openid\":null,\"session_key\":\"k\"}",
                "{\"openid\":{\"a\":1},\"session_key\":\"k\"}"
            })
    void garbage_is_told_apart_from_silence(String body) {
        WechatFailure failure = loginFailure(new Effect.Garbage(body));
        assertThat(failure.code().value()).isEqualTo(50202);
        assertThat(failure.retryAfter()).isPositive();
        assertThat(stage.requests(LOGIN)).isEqualTo(1);
        assertThat(stage.meters
                        .get("miniplane.wechat.request")
                        .tags("outcome", "unintelligible")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void an_answer_without_end_is_garbage() {
        String body = "{\"openid\":\"" + "o".repeat(100_000) + "\",\"session_key\":\"k\"}";
        WechatFailure failure = loginFailure(new Effect.Garbage(body));
        assertThat(failure).hasMessageContaining("too large");
        assertThat(failure.code().value()).isEqualTo(50202);
    }

    @Test
    void busy_is_tried_again() {
        stage.control.inject(Fault.times(2, LOGIN, new Effect.Errcode(-1, "system error")));
        assertThat(result(stage.login.exchange(stage.newCode()))).isNotNull();
        assertThat(stage.requests(LOGIN)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_code_is_never_sent_again_after_a_dropped_connection(boolean afterwards) {
        result(stage.login.exchange(stage.newCode()));
        WechatFailure failure = loginFailure(new Effect.Disconnect(afterwards));
        assertUnavailable(failure);
        assertThat(stage.requests(LOGIN)).isEqualTo(2);
    }

    @Test
    void a_code_is_never_sent_again_after_silence_or_a_server_error() {
        assertUnavailable(loginFailure(new Effect.Latency(Duration.ofSeconds(10))));
        stage.control.clearFaults();
        assertUnavailable(loginFailure(new Effect.Status(503)));
        assertThat(stage.requests(LOGIN)).isEqualTo(2);
    }

    private static void assertUnavailable(WechatFailure failure) {
        assertThat(failure.code().value()).isEqualTo(50301);
        assertThat(failure.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
    }

    @Test
    void a_foreign_page_is_garbage() {
        assertThat(loginFailure(new Effect.Status(404)).code().value()).isEqualTo(50202);
    }

    @Test
    void nobody_listening_is_unavailable_and_tried_again_until_the_time_is_up() {
        String code = stage.newCode();
        stage.simulator.close();
        assertUnavailable(loginFailure(code));
        assertThat(stage.meters
                        .get("resilience4j.retry.calls")
                        .tags("name", "wechat-login", "kind", "failed_with_retry")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void the_timer_tells_calls_apart_by_outcome() {
        String code = stage.newCode();
        result(stage.login.exchange(code));
        loginFailure(code);
        loginFailure(new Effect.Status(503));
        for (String outcome : new String[] {"ok", "code_rejected", "unavailable"}) {
            assertThat(stage.meters
                            .get("miniplane.wechat.request")
                            .tags("api", "jscode2session", "outcome", outcome)
                            .timer()
                            .count())
                    .as(outcome)
                    .isEqualTo(1);
        }
    }
}
