package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.LOGIN;
import static io.miniplane.server.wechat.infrastructure.WechatStage.PHONE;
import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class CallGuardTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(3500);
    private static final int CALLS_THAT_OPEN = 10;

    @ParameterizedTest
    @CsvSource({"/sns/jscode2session, login", "/cgi-bin/stable_token, phone", "/wxa/business/getuserphonenumber, phone"
    })
    void a_hanging_wechat_is_answered_for_in_time(String path, String what) {
        try (WechatStage stage = new WechatStage(LIMIT, 256)) {
            result(stage.login.exchange(stage.newCode()));
            stage.control.inject(Fault.always(path, new Effect.Latency(Duration.ofSeconds(30))));
            Mono<?> call = what.equals("login")
                    ? stage.login.exchange(stage.newCode())
                    : stage.phone.exchange("any", "anybody");
            long start = System.nanoTime();
            WechatFailure failure = failure(call);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2), LONGEST_ANSWER);
            assertThat(failure.code().value()).isEqualTo(50301);
            assertThat(failure.retryAfter()).isPositive();
        }
    }

    @Test
    void a_slow_token_and_a_hanging_api_together_stay_in_time() {
        try (WechatStage stage = new WechatStage(LIMIT, 256)) {
            stage.control.inject(Fault.always(WechatStage.TOKEN, new Effect.Latency(Duration.ofSeconds(2))));
            stage.control.inject(Fault.always(PHONE, new Effect.Latency(Duration.ofSeconds(30))));
            long start = System.nanoTime();
            assertThat(failure(stage.phone.exchange("any", "anybody")).code().value())
                    .isEqualTo(50301);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_ANSWER);
        }
    }

    @Test
    void the_breaker_opens_after_failures_and_closes_by_itself_after_recovery() {
        try (WechatStage stage = new WechatStage()) {
            stage.control.inject(Fault.always(LOGIN, new Effect.Status(503)));
            for (int i = 0; i < CALLS_THAT_OPEN; i++) {
                failure(stage.login.exchange(stage.newCode()));
            }
            assertThat(stage.requests(LOGIN)).isEqualTo(CALLS_THAT_OPEN);
            WechatFailure heldBack = failure(stage.login.exchange(stage.newCode()));
            assertThat(heldBack.code().value()).isEqualTo(50301);
            assertThat(heldBack.retryAfter()).isEqualTo(Duration.ofMillis(300));
            assertThat(stage.requests(LOGIN)).isEqualTo(CALLS_THAT_OPEN);
            assertThat(stage.meters
                            .get("resilience4j.circuitbreaker.state")
                            .tags("name", "wechat-login", "state", "open")
                            .gauge()
                            .value())
                    .isEqualTo(1);

            stage.control.clearFaults();
            result(Mono.delay(Duration.ofMillis(350)));
            for (int i = 0; i < CALLS_THAT_OPEN; i++) {
                assertThat(result(stage.login.exchange(stage.newCode()))).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>oops</html>", "{}"})
    void garbage_opens_the_breaker(String body) {
        try (WechatStage stage = new WechatStage()) {
            stage.control.inject(Fault.always(LOGIN, new Effect.Garbage(body)));
            for (int i = 0; i < CALLS_THAT_OPEN; i++) {
                failure(stage.login.exchange(stage.newCode()));
            }
            assertThat(failure(stage.login.exchange(stage.newCode()))).hasMessageContaining("held back");
        }
    }

    @Test
    void calls_that_ran_out_of_time_open_the_breaker() {
        try (WechatStage stage = new WechatStage(Duration.ofMillis(200), 256)) {
            stage.control.inject(Fault.always(LOGIN, new Effect.Latency(Duration.ofSeconds(30))));
            result(Flux.range(0, CALLS_THAT_OPEN)
                    .flatMap(i -> stage.login.exchange(stage.newCode()).onErrorComplete())
                    .then());
            assertThat(failure(stage.login.exchange(stage.newCode()))).hasMessageContaining("held back");
        }
    }

    @Test
    void wrong_codes_and_wrong_secrets_never_open_the_breaker() {
        try (WechatStage stage = new WechatStage()) {
            for (int i = 0; i < 30; i++) {
                failure(stage.login.exchange("made-up"));
            }
            stage.control.inject(Fault.times(30, LOGIN, new Effect.Errcode(40125, "invalid appsecret")));
            for (int i = 0; i < 30; i++) {
                failure(stage.login.exchange("made-up"));
            }
            assertThat(result(stage.login.exchange(stage.newCode()))).isNotNull();
        }
    }

    @Test
    void an_ill_login_leaves_other_calls_alone() {
        try (WechatStage stage = new WechatStage()) {
            stage.control.inject(Fault.always(LOGIN, new Effect.Status(503)));
            for (int i = 0; i <= CALLS_THAT_OPEN; i++) {
                failure(stage.login.exchange(stage.newCode()));
            }
            String openId = stage.control.newUser().openId();
            String code = stage.control.phoneCode(WechatStage.APP, openId);
            assertThat(result(stage.phone.exchange(code, openId))).isNotNull();
        }
    }

    @Test
    void more_calls_at_once_than_allowed_are_refused_at_once() {
        try (WechatStage stage = new WechatStage(LIMIT, 2)) {
            stage.control.inject(Fault.always(LOGIN, new Effect.Latency(Duration.ofMillis(500))));
            List<Boolean> worked = result(Flux.range(0, 5)
                    .flatMap(i ->
                            stage.login.exchange(stage.newCode()).hasElement().onErrorReturn(false))
                    .collectList());
            assertThat(worked).filteredOn(Boolean::booleanValue).hasSize(2);
            assertThat(stage.requests(LOGIN)).isEqualTo(2);
        }
    }
}
