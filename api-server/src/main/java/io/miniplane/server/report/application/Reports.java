package io.miniplane.server.report.application;

import io.miniplane.server.report.domain.MonthlyReport;
import java.time.Instant;
import java.time.YearMonth;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The reports that are kept. */
public interface Reports {

    /** Keeps a report in place of the one before, and drops the sums that it was made of. */
    Mono<Void> replace(YearMonth month, MonthlyReport report, String table);

    /** The report of a month; empty where none was made. */
    Mono<Kept> find(YearMonth month);

    /** Which reports there are, the newest month first, ten years of them at most. */
    Flux<Entry> list();

    /**
     * A report that is kept.
     *
     * @param report what it says
     * @param table the same as CSV
     * @param digest names the content
     */
    record Kept(MonthlyReport report, String table, String digest) {}

    /**
     * That there is a report.
     *
     * @param month of which month
     * @param madeAt when it was made last
     */
    record Entry(YearMonth month, Instant madeAt) {}
}
