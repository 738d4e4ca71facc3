package io.miniplane.operator.backend;

import io.miniplane.crd.v1alpha1.AbortOn;
import io.miniplane.crd.v1alpha1.Timespan;
import io.miniplane.operator.objects.Failure;
import io.miniplane.operator.signals.PodsRequests;
import io.miniplane.operator.signals.ServedRequests;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** How requests to a canary go, judged by what its owner allows. */
sealed interface CanaryHealth {

    /** As they should. */
    record Well() implements CanaryHealth {}

    /**
     * It can't be told, so nothing may follow from it.
     *
     * @param why in a few words for people, without figures that change
     */
    record Unclear(String why) implements CanaryHealth {}

    /** Worse than its owner allows. */
    record Ill(Failure failure) implements CanaryHealth {}

    /** Fewer requests than this prove nothing. */
    long ENOUGH = 50;

    /** What goes for 99 percent may fail for the hundredth part. */
    int SLOW_PART = 100;

    /**
     * Judges by the last minute, or by all requests since the pods started while that minute has too few. Pods that
     * can't be read don't hide what the others tell.
     */
    static CanaryHealth of(AbortOn limits, PodsRequests requests) {
        ServedRequests basis = requests.recent().total() >= ENOUGH ? requests.recent() : requests.all();
        Optional<Failure> excess = tooManyErrors(limits, basis).or(() -> tooSlow(limits, basis));
        if (excess.isPresent() && basis.total() >= ENOUGH) {
            return new Ill(excess.get());
        }
        return requests.gap()
                .or(() -> scarcity(basis, excess.isPresent()))
                .<CanaryHealth>map(Unclear::new)
                .orElseGet(Well::new);
    }

    private static Optional<String> scarcity(ServedRequests requests, boolean exceeds) {
        return requests.total() >= ENOUGH
                ? Optional.empty()
                : Optional.of(
                        exceeds
                                ? "too many of its requests fail or are slow, and there are too few to judge by"
                                : "it has had fewer than %d requests".formatted(ENOUGH));
    }

    private static Optional<Failure> tooManyErrors(AbortOn limits, ServedRequests requests) {
        return requests.failed() > limits.errorRate() * requests.total()
                ? Optional.of(new Failure(
                        "TooManyErrors",
                        "%s %% of %d requests failed %s; at most %s %%"
                                .formatted(
                                        percent(requests.failed(), requests.total()),
                                        requests.total(),
                                        when(requests),
                                        plain(BigDecimal.valueOf(limits.errorRate())
                                                .movePointRight(2)))))
                : Optional.empty();
    }

    private static Optional<Failure> tooSlow(AbortOn limits, ServedRequests requests) {
        return Optional.ofNullable(limits.p99Latency())
                .map(Timespan::duration)
                .flatMap(requests::slowerThan)
                .filter(slow -> slow.count() * SLOW_PART > requests.total())
                .map(slow -> new Failure(
                        "TooSlow",
                        "%s %% of %d requests took longer than %s s %s; 99 %% must take at most %s"
                                .formatted(
                                        percent(slow.count(), requests.total()),
                                        requests.total(),
                                        plain(BigDecimal.valueOf(slow.atLeast())),
                                        when(requests),
                                        limits.p99Latency())));
    }

    private static String when(ServedRequests requests) {
        return requests.within()
                .map(window -> "in %d s".formatted(window.toSeconds()))
                .orElse("since its pods started");
    }

    private static String percent(long part, long total) {
        return plain(
                BigDecimal.valueOf(part).movePointRight(2).divide(BigDecimal.valueOf(total), 1, RoundingMode.HALF_UP));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
