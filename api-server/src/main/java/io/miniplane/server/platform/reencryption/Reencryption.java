package io.miniplane.server.platform.reencryption;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The background work of a worker on rows under older keys: it looks again and again whether there is any, and never blocks requests. */
public final class Reencryption implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(Reencryption.class);

    private final List<TableWork> tables;
    private final Duration check;
    private volatile boolean failing;
    private volatile @Nullable Disposable running;

    Reencryption(List<TableWork> tables, Duration check, MeterRegistry meters) {
        this.tables = List.copyOf(tables);
        this.check = check;
        tables.forEach(table -> table.progress().bindTo(meters));
    }

    /** How the last finished pass left each table, as far as this worker knows. */
    public List<ReencryptedTable> tables() {
        return tables.stream().map(table -> table.progress().last()).toList();
    }

    /** With no table there is nothing to do. */
    @Override
    public boolean isAutoStartup() {
        return !tables.isEmpty();
    }

    @Override
    public void start() {
        running = Flux.fromIterable(tables)
                .concatMap(TableWork::run)
                .then()
                .doOnSuccess(done -> failing = false)
                .onErrorResume(this::failed)
                .repeatWhen(done -> done.delayElements(check))
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable work = running;
        running = null;
        if (work != null) {
            work.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private Mono<Void> failed(Throwable cause) {
        if (!failing) {
            failing = true;
            LOG.warn("Rows stay under their old keys until the database answers again: {}", cause.toString());
        }
        return Mono.empty();
    }
}
