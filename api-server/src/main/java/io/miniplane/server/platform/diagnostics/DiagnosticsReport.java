package io.miniplane.server.platform.diagnostics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.signals.SignalsReport;
import io.miniplane.server.platform.tracing.RecentFailures;
import io.miniplane.server.platform.tracing.WatchedExporter;
import io.r2dbc.pool.ConnectionPool;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.stereotype.Component;

/** Puts the diagnostics together out of what is known already: neither the database nor anybody else is asked for them. */
@Component
public final class DiagnosticsReport {

    private static final String BREAKERS = "resilience4j.circuitbreaker.state";

    private final ShownSettings settings;
    private final SignalsReport signals;
    private final RecentFailures failures;
    private final MeterRegistry meters;
    private final ObjectProvider<ConnectionPool> pool;
    private final ObjectProvider<WatchedExporter> exporter;

    DiagnosticsReport(
            ShownSettings settings,
            SignalsReport signals,
            RecentFailures failures,
            MeterRegistry meters,
            ObjectProvider<ConnectionPool> pool,
            ObjectProvider<WatchedExporter> exporter) {
        this.settings = settings;
        this.signals = signals;
        this.failures = failures;
        this.meters = meters;
        this.pool = pool;
        this.exporter = exporter;
    }

    /** The diagnostics as they are now, to be written as JSON. */
    public Object now() {
        return new Diagnostics(
                Diagnostics.VERSION,
                program(),
                settings.shown(),
                pool(),
                breakers(),
                traces(),
                signals.now(),
                failures.list());
    }

    private static Diagnostics.Program program() {
        return new Diagnostics.Program(
                Objects.requireNonNullElse(DiagnosticsReport.class.getPackage().getImplementationVersion(), "unknown"),
                Runtime.version().toString(),
                SpringBootVersion.getVersion());
    }

    private Diagnostics.@Nullable Pool pool() {
        ConnectionPool connections = pool.getIfAvailable();
        return connections == null
                ? null
                : connections
                        .getMetrics()
                        .map(now -> new Diagnostics.Pool(
                                now.acquiredSize(),
                                now.idleSize(),
                                now.pendingAcquireSize(),
                                now.getMaxAllocatedSize()))
                        .orElse(null);
    }

    /** The gauge of the state that holds is 1, and those of the others are 0. */
    private Map<String, String> breakers() {
        Map<String, String> breakers = new TreeMap<>();
        for (Gauge gauge : meters.find(BREAKERS).gauges()) {
            String name = gauge.getId().getTag("name");
            String state = gauge.getId().getTag("state");
            if (name != null && state != null && gauge.value() == 1) {
                breakers.put(name, state);
            }
        }
        return breakers;
    }

    private Diagnostics.@Nullable Traces traces() {
        WatchedExporter watched = exporter.getIfAvailable();
        return watched == null ? null : new Diagnostics.Traces(watched.exported(), watched.lost(), watched.isFailing());
    }
}
