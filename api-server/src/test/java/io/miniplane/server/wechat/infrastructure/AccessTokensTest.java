package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.TOKEN;
import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.world.TokenVerdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class AccessTokensTest {

    private final WechatStage stage = new WechatStage();

    @AfterEach
    void stop() {
        stage.close();
    }

    private AccessToken current() {
        return result(stage.tokens.current());
    }

    private List<AccessToken> atOnce(int calls, Mono<AccessToken> token) {
        return result(Flux.range(0, calls)
                .flatMap(i -> token.subscribeOn(Schedulers.parallel()), calls)
                .collectList());
    }

    @Test
    void two_hundred_calls_at_once_cause_one_request() {
        stage.control.inject(Fault.always(TOKEN, new Effect.Latency(Duration.ofMillis(300))));
        List<AccessToken> tokens = atOnce(200, stage.tokens.current());
        assertThat(tokens).hasSize(200).containsOnly(tokens.getFirst());
        assertThat(stage.requests(TOKEN)).isEqualTo(1);
    }

    @Test
    void a_token_is_kept_for_most_of_its_life() {
        AccessToken first = current();
        stage.control.advance(Duration.ofSeconds(6990));
        assertThat(current()).isEqualTo(first);
        assertThat(stage.requests(TOKEN)).isEqualTo(1);
        assertThat(first.toString()).doesNotContain(first.value());
    }

    @Test
    void near_its_end_the_old_token_serves_while_the_next_one_is_fetched() {
        AccessToken first = current();
        stage.control.advance(Duration.ofSeconds(7010));
        assertThat(current()).isEqualTo(first);
        AccessToken next = result(Mono.defer(stage.tokens::current)
                .filter(token -> !token.isSameAs(first))
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(20))));
        assertThat(next.expiresAt()).isAfter(first.expiresAt());
        assertThat(stage.requests(TOKEN)).isEqualTo(2);
    }

    @Test
    void a_renewal_that_fails_costs_nobody_anything() {
        AccessToken first = current();
        stage.control.advance(Duration.ofSeconds(7010));
        stage.control.inject(Fault.always(TOKEN, new Effect.Status(503)));
        for (int i = 0; i < 20; i++) {
            assertThat(current()).isEqualTo(first);
        }
        assertThat(stage.requests(TOKEN)).isLessThanOrEqualTo(2);
    }

    @Test
    void an_ended_token_is_not_given() {
        AccessToken first = current();
        stage.control.advance(Duration.ofHours(2));
        assertThat(current()).isNotEqualTo(first);
    }

    @Test
    void a_failure_is_not_kept() {
        stage.control.inject(Fault.times(1, TOKEN, new Effect.Status(503)));
        assertThat(failure(stage.tokens.current()).code().value()).isEqualTo(50301);
        assertThat(current()).isNotNull();
    }

    @Test
    void who_stops_waiting_does_not_stop_the_others() {
        stage.control.inject(Fault.always(TOKEN, new Effect.Latency(Duration.ofMillis(300))));
        Disposable impatient = stage.tokens.current().subscribe();
        Mono<AccessToken> patient = stage.tokens.current().cache();
        patient.subscribe();
        impatient.dispose();
        assertThat(result(patient)).isNotNull();
        assertThat(stage.requests(TOKEN)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oops",
                "{}",
                "{\"access_token\":\"t\"}",
                "{\"access_token\":\"t\",\"expires_in\":0}",
                "{\"access_token\":\"\",\"expires_in\":7200}"
            })
    void garbage_is_no_token(String body) {
        stage.control.inject(Fault.always(TOKEN, new Effect.Garbage(body)));
        assertThat(failure(stage.tokens.current()).code().value()).isEqualTo(50202);
    }

    @Test
    void the_life_of_a_token_may_be_text() {
        stage.control.inject(
                Fault.always(TOKEN, new Effect.Garbage("{\"access_token\":\"t\",\"expires_in\":\"7200\"}")));
        assertThat(current().expiresAt())
                .isAfter(stage.control.clock().instant().plusSeconds(7100));
    }

    @Test
    void a_refused_token_is_replaced_by_asking_once_without_force() {
        AccessToken first = current();
        stage.control.expireTokens();
        List<AccessToken> tokens = atOnce(50, Mono.defer(() -> stage.tokens.insteadOf(first)));
        assertThat(tokens).containsOnly(tokens.getFirst()).doesNotContain(first);
        assertThat(stage.requests(TOKEN)).isEqualTo(2);
    }

    @Test
    void a_token_that_another_call_replaced_already_is_taken_over() {
        AccessToken first = current();
        stage.control.expireTokens();
        AccessToken second = result(stage.tokens.insteadOf(first));
        assertThat(result(stage.tokens.insteadOf(first))).isEqualTo(second);
        assertThat(stage.requests(TOKEN)).isEqualTo(2);
    }

    @Test
    void only_a_refused_token_that_comes_back_is_replaced_by_force() {
        AccessToken first = current();
        stage.control.endTokens(TokenVerdict.NOT_NEWEST, true);
        List<AccessToken> tokens = atOnce(50, Mono.defer(() -> stage.tokens.insteadOf(first)));
        assertThat(tokens).containsOnly(tokens.getFirst()).doesNotContain(first);
        assertThat(stage.requests(TOKEN)).isLessThanOrEqualTo(4);
        assertThat(stage.requests("/cgi-bin/token")).isZero();
    }

    @Test
    void force_is_used_again_after_thirty_seconds_only() {
        AccessToken first = current();
        stage.control.endTokens(TokenVerdict.NOT_NEWEST, true);
        AccessToken second = result(stage.tokens.insteadOf(first));
        stage.control.endTokens(TokenVerdict.NOT_NEWEST, true);
        WechatFailure tooSoon = failure(stage.tokens.insteadOf(second));
        assertThat(tooSoon.code().value()).isEqualTo(50301);
        assertThat(tooSoon.retryAfter()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
        stage.control.advance(Duration.ofSeconds(30));
        assertThat(result(stage.tokens.insteadOf(second))).isNotEqualTo(second);
    }
}
