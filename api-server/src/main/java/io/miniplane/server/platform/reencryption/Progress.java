package io.miniplane.server.platform.reencryption;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.reencryption.Ledger.Entry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** What a worker shows of one table: its own work, and how far the table has come with the work of all. */
final class Progress {

    private final String table;
    private final AtomicLong processed = new AtomicLong();
    private volatile ReencryptedTable last;

    Progress(String table) {
        this.table = table;
        this.last = new ReencryptedTable(table, 0, 0, 0, 0, null);
    }

    ReencryptedTable last() {
        return last;
    }

    void note(Entry entry) {
        PrimaryKeys completed = entry.completed();
        last = new ReencryptedTable(
                table,
                entry.pass().remaining(),
                completed.data(),
                completed.index(),
                entry.unreadable(),
                entry.completedPassStartedAt());
    }

    void note(Pass pass) {
        ReencryptedTable known = last;
        last = new ReencryptedTable(
                table, pass.remaining(), known.dataKey(), known.indexKey(), known.unreadable(), known.passStartedAt());
    }

    void processed(long rows) {
        processed.addAndGet(rows);
    }

    void bindTo(MeterRegistry meters) {
        FunctionCounter.builder("miniplane.reencryption.rows.processed", processed, AtomicLong::doubleValue)
                .description("Rows that this worker brought under the primary keys")
                .tag("table", table)
                .register(meters);
        gauge(
                        "rows.remaining",
                        "Rows counted under other keys and not yet rewritten, by all workers",
                        p -> p.last.remaining())
                .register(meters);
        gauge("rows.unreadable", "Rows that no loaded key opened in the last finished pass", p -> p.last.unreadable())
                .register(meters);
        gauge("completed.key", "Id of the key under which the last finished pass left the rows", p -> p.last.dataKey())
                .tag("keyset", "data")
                .register(meters);
        gauge("completed.key", "Id of the key under which the last finished pass left the rows", p -> p.last.indexKey())
                .tag("keyset", "index")
                .register(meters);
    }

    private Gauge.Builder<Progress> gauge(String name, String description, ToDoubleFunction<Progress> value) {
        return Gauge.builder("miniplane.reencryption." + name, this, value)
                .description(description)
                .tag("table", table);
    }
}
