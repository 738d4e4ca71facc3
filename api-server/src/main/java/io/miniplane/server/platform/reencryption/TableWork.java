package io.miniplane.server.platform.reencryption;

import io.miniplane.server.platform.crypto.LoadedKeys;
import io.miniplane.server.platform.reencryption.Ledger.Entry;
import io.miniplane.server.platform.reencryption.Pass.Phase;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;

/** Brings one table under the primary keys, a batch at a time. */
final class TableWork {

    private static final Logger LOG = LogManager.getLogger(TableWork.class);

    private final EncryptedRows rows;
    private final Ledger ledger;
    private final Supplier<List<LoadedKeys>> loaded;
    private final ReencryptionSettings settings;
    private final Progress progress;

    TableWork(EncryptedRows rows, Ledger ledger, Supplier<List<LoadedKeys>> loaded, ReencryptionSettings settings) {
        this.rows = rows;
        this.ledger = ledger;
        this.loaded = loaded;
        this.settings = settings;
        this.progress = new Progress(name());
    }

    Progress progress() {
        return progress;
    }

    /** Does all there is to do now; nothing where another worker is at it or the keys have not settled. */
    Mono<Void> run() {
        return step().expand(more -> more ? Mono.delay(settings.pause()).then(step()) : Mono.empty())
                .then();
    }

    /** One batch; true when there is another one to do after it. */
    private Mono<Boolean> step() {
        return Mono.defer(() -> {
            List<LoadedKeys> all = loaded.get();
            PrimaryKeys keys = PrimaryKeys.of(rows.table(), all);
            Duration recheck = settings.recheck(all);
            return ledger.read(name(), recheck)
                    .doOnNext(progress::note)
                    .filter(entry -> entry.target().equals(keys))
                    .switchIfEmpty(ledger.target(name(), keys).then(Mono.empty()))
                    .filter(Entry::isOpen)
                    .flatMap(open -> ledger.hold(name(), keys, recheck))
                    .flatMap(held -> advance(keys, held.next()))
                    .defaultIfEmpty(false);
        });
    }

    private Mono<Boolean> advance(PrimaryKeys keys, Pass pass) {
        return next(keys, pass)
                .flatMap(next -> ledger.save(name(), keys, next)
                        .doOnNext(saved -> note(keys, next, saved))
                        .map(saved -> saved && next.phase() != Phase.COMPLETE));
    }

    private Mono<Pass> next(PrimaryKeys keys, Pass pass) {
        return pass.phase() == Phase.COUNTING
                ? rows.count(keys, pass.position()).map(pass::counted)
                : rows.rewrite(keys, pass.position()).map(batch -> {
                    progress.processed(batch.changed());
                    return pass.rewritten(batch);
                });
    }

    private void note(PrimaryKeys keys, Pass next, boolean saved) {
        if (!saved) {
            return;
        }
        progress.note(next);
        if (next.phase() == Phase.COMPLETE) {
            if (next.unreadable() == 0) {
                LOG.info("Every row of {} is under data key {}, index key {}", name(), keys.data(), keys.index());
            } else {
                LOG.warn(
                        "The rows of {} are under data key {}, index key {}, except {} that no loaded key opens",
                        name(),
                        keys.data(),
                        keys.index(),
                        next.unreadable());
            }
        }
    }

    private String name() {
        return rows.table().table();
    }
}
