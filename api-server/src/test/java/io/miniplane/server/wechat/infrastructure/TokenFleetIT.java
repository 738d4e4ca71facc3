package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.PHONE;
import static io.miniplane.server.wechat.infrastructure.WechatStage.TOKEN;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.PhoneNumber;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatPhone;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.world.TokenVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ten servers' worth of clients, each with its own cache of the access token, against one WeChat. */
class TokenFleetIT {

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final int SERVERS = 10;
    private static final int CALLS_OF_EACH = 40;
    private static final int BEFORE_THE_END = 10;

    private final WechatFleet fleet = new WechatFleet(SERVERS);
    private final Control control = fleet.simulator.control();

    /** Forced refreshes are counted by the day of Beijing, and the tests move the clock by hours: none of them sees midnight. */
    @BeforeEach
    void startAfterMidnight() {
        ZonedDateTime now = ZonedDateTime.now(BEIJING);
        ZonedDateTime midnight = now.toLocalDate().plusDays(1).atStartOfDay(BEIJING);
        control.advance(Duration.between(now, midnight).plusMinutes(1));
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @RepeatedTest(3)
    void a_token_that_is_ended_midway_costs_each_server_one_refresh_and_no_call() {
        result(calls(Duration.ofMillis(5), () -> control.endTokens(TokenVerdict.EXPIRED, false)));
        RequestLog.Snapshot requests = control.requests();
        long ok = outcomes(requests, PHONE, "ok");
        long refused = outcomes(requests, PHONE, "42001");
        assertThat(ok).isEqualTo(SERVERS * CALLS_OF_EACH);
        assertThat(refused).isPositive();
        assertThat(requests.count(PHONE)).as("one retry for each refusal").isEqualTo(ok + refused);
        assertThat(requests.count(TOKEN)).isEqualTo(2 * SERVERS);
        assertThat(fleet.forcedRefreshes.asked).hasValue(0);
        assertThatNoForceWasUsed();
    }

    @RepeatedTest(3)
    void a_token_whose_life_ends_midway_costs_each_server_one_refresh_and_no_call() {
        result(all(this::one).then());
        // So near its end that what is left is shorter than the life of the codes that the calls send.
        control.advance(Duration.ofSeconds(6950));
        result(calls(Duration.ofMillis(5), () -> control.advance(Duration.ofSeconds(260))));
        RequestLog.Snapshot requests = control.requests();
        assertThat(outcomes(requests, PHONE, "ok")).isEqualTo(SERVERS * (CALLS_OF_EACH + 1));
        assertThat(requests.count(TOKEN)).isEqualTo(2 * SERVERS);
        assertThatNoForceWasUsed();
    }

    @Test
    void a_dead_token_that_is_handed_out_still_is_replaced_by_force_once_over_all() {
        result(all(this::one).then());
        control.endTokens(TokenVerdict.NOT_NEWEST, true);
        result(all(this::one).then());
        assertThat(fleet.forcedRefreshes.granted).hasValue(1);
        assertThat(outcomes(control.requests(), PHONE, "ok")).isEqualTo(2 * SERVERS);
        assertThat(outcomes(control.requests(), PHONE, "40001")).isEqualTo(SERVERS);
        assertThat(forcedRefreshesLeft()).isEqualTo(19);
    }

    @Test
    void while_a_dead_token_may_not_be_replaced_nobody_storms_wechat() {
        result(all(this::one).then());
        control.endTokens(TokenVerdict.NOT_NEWEST, true);
        result(all(this::one).then());
        control.endTokens(TokenVerdict.NOT_NEWEST, true);
        control.advance(Duration.ofSeconds(10));
        control.clearRequests();
        Instant start = Instant.now();
        List<Boolean> worked = result(all(phone -> Flux.range(0, CALLS_OF_EACH)
                        .concatMap(
                                i -> one(phone).thenReturn(true).onErrorReturn(WechatFailure.Unavailable.class, false))
                        .collectList())
                .flatMapIterable(results -> results)
                .collectList());
        assertThat(worked).hasSize(SERVERS * CALLS_OF_EACH).containsOnly(false);
        long seconds = Duration.between(start, Instant.now()).toSeconds() + 1;
        assertThat(control.requests().count(TOKEN)).isLessThanOrEqualTo(SERVERS * (seconds + 1));
        assertThat(fleet.forcedRefreshes.granted).hasValue(1);
        control.advance(Duration.ofSeconds(20));
        result(all(this::one).then());
        assertThat(fleet.forcedRefreshes.granted).hasValue(2);
    }

    /** Every server's calls, some at a time; after a quarter of all something happens. */
    private Mono<Void> calls(Duration apart, Runnable midway) {
        Mono<Void> calls = all(phone -> Flux.range(0, CALLS_OF_EACH)
                        .delayElements(apart)
                        .doOnNext(i -> {
                            if (phone.equals(fleet.phones.getFirst()) && i == BEFORE_THE_END) {
                                midway.run();
                            }
                        })
                        .flatMap(i -> one(phone), CALLS_OF_EACH)
                        .then())
                .then();
        return calls;
    }

    private <T> Flux<T> all(Function<WechatPhone, Mono<T>> calls) {
        return Flux.fromIterable(fleet.phones).flatMap(calls, SERVERS);
    }

    private Mono<PhoneNumber> one(WechatPhone phone) {
        return Mono.defer(() -> {
            String openId = control.newUser().openId();
            return phone.exchange(control.phoneCode(WechatStage.APP, openId), openId);
        });
    }

    private static long outcomes(RequestLog.Snapshot requests, String path, String outcome) {
        return requests.calls().stream()
                .filter(call -> call.path().equals(path) && call.outcome().equals(outcome))
                .count();
    }

    private void assertThatNoForceWasUsed() {
        assertThat(forcedRefreshesLeft()).isEqualTo(20);
    }

    /** How many of a day's 20 forced refreshes WeChat still grants, which shows how many were used. */
    private int forcedRefreshesLeft() {
        return IntStream.range(0, 21)
                .map(i -> {
                    control.advance(Duration.ofSeconds(31));
                    return fleet.forceByHand() ? 1 : 0;
                })
                .sum();
    }
}
