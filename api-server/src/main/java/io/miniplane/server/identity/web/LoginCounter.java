package io.miniplane.server.identity.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.wechat.WechatFailure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Counts logins by how they came out, as {@code miniplane_logins_total{outcome}}; every outcome is there from the start, at 0. */
@Component
final class LoginCounter {

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    LoginCounter(MeterRegistry meters) {
        Arrays.stream(Outcome.values()).forEach(outcome -> counters.put(outcome, counter(outcome, meters)));
    }

    void succeeded() {
        count(Outcome.SUCCESS);
    }

    void failed(Throwable error) {
        count(error instanceof Failure failure ? Outcome.of(failure) : Outcome.ERROR);
    }

    private void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }

    private static Counter counter(Outcome outcome, MeterRegistry meters) {
        return Counter.builder("miniplane.logins")
                .description("Logins by how they came out")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private enum Outcome {
        SUCCESS,
        /** The code is invalid, used or expired. */
        CODE_REFUSED,
        /** WeChat blocks the user. */
        BLOCKED,
        /** WeChat holds the user to be too risky. */
        RISKY,
        /** WeChat, or we, let no more through. */
        LIMITED,
        /** WeChat refuses us, answers garbage or does not answer. */
        WECHAT_FAILED,
        /** Anything on our side, the database first of all. */
        ERROR;

        static Outcome of(Failure failure) {
            return switch (failure.code().value()) {
                case 40001 -> CODE_REFUSED;
                case 40301 -> BLOCKED;
                case 40302 -> RISKY;
                case 42901, 42903, 42904 -> LIMITED;
                case 50301 -> WECHAT_FAILED;
                default -> failure instanceof WechatFailure ? WECHAT_FAILED : ERROR;
            };
        }
    }
}
