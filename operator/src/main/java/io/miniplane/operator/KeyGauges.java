package io.miniplane.operator;

import io.miniplane.crd.v1alpha1.KeysStatus;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is told of the keys of each backend. It is read from the status of those that there are, so it vanishes with them. */
final class KeyGauges {

    /** How long a rotation may take after its keys were made. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Supplier<Stream<MiniProgramBackend>> backends;
    private final InstantSource clock;

    KeyGauges(Supplier<Stream<MiniProgramBackend>> backends, InstantSource clock) {
        this.backends = backends;
        this.clock = clock;
    }

    void register(PrometheusRegistry metrics) {
        gauge("miniplane_key_age_seconds", "Age of the keys that encrypt and sign", KeyGauges::age, metrics);
        gauge(
                "miniplane_key_rotation_overdue_seconds",
                "How long ago a rotation should have begun, or have ended",
                KeyGauges::overdue,
                metrics);
    }

    private void gauge(
            String name,
            String help,
            BiFunction<KeysStatus, Instant, Optional<Duration>> value,
            PrometheusRegistry metrics) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("backend_namespace", "backend")
                .callback(gauge -> backends.get()
                        .forEach(backend -> keys(backend)
                                .flatMap(keys -> value.apply(keys, clock.instant()))
                                .ifPresent(duration -> gauge.call(
                                        (double) duration.toSeconds(),
                                        backend.getMetadata().getNamespace(),
                                        backend.getMetadata().getName()))))
                .register(metrics);
    }

    private static Optional<KeysStatus> keys(MiniProgramBackend backend) {
        return Optional.ofNullable(backend.getStatus()).flatMap(status -> Optional.ofNullable(status.keys()));
    }

    private static Optional<Duration> age(KeysStatus keys, Instant now) {
        return Optional.ofNullable(keys.rotatedAt()).map(made -> Duration.between(made, now));
    }

    private static Optional<Duration> overdue(KeysStatus keys, Instant now) {
        boolean isEnding = keys.phase() == KeysStatus.Phase.PRIMARY || keys.phase() == KeysStatus.Phase.RETIRED;
        Optional<Instant> due = isEnding
                ? Optional.ofNullable(keys.rotatedAt()).map(made -> made.plus(LONGEST))
                : Optional.ofNullable(keys.nextRotationAt());
        return due.map(end -> Duration.between(end, now)).map(late -> late.isNegative() ? Duration.ZERO : late);
    }
}
