package io.miniplane.server.identity.infrastructure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.Failure;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Counts verifications of staff tokens by how they came out, as {@code miniplane_staff_verifications_total{outcome}}. */
final class StaffVerifications {

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    StaffVerifications(MeterRegistry meters) {
        Arrays.stream(Outcome.values()).forEach(outcome -> counters.put(outcome, counter(outcome, meters)));
    }

    /** The same verification, counted when it ends. */
    <T> Mono<T> count(Mono<T> verification) {
        return verification
                .doOnNext(verified -> count(Outcome.VERIFIED))
                .doOnError(error -> count(error instanceof Failure failure ? Outcome.of(failure) : Outcome.ERROR));
    }

    private void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }

    private static Counter counter(Outcome outcome, MeterRegistry meters) {
        return Counter.builder("miniplane.staff.verifications")
                .description("Verifications of staff tokens by how they came out")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private enum Outcome {
        VERIFIED,
        EXPIRED,
        /** Forged, malformed, or of a kind that opens no API. */
        INVALID,
        WRONG_AUDIENCE,
        /** Genuine, and gives no role here. */
        NO_ROLE,
        /** The issuer does not tell its keys. */
        ISSUER_UNAVAILABLE,
        /** Anything on our side. */
        ERROR;

        static Outcome of(Failure failure) {
            return switch (failure.code().value()) {
                case 40101 -> EXPIRED;
                case 40102, 40107 -> INVALID;
                case 40103 -> WRONG_AUDIENCE;
                case 40300 -> NO_ROLE;
                case 50306 -> ISSUER_UNAVAILABLE;
                default -> ERROR;
            };
        }
    }
}
