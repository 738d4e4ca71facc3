package io.miniplane.server.report.application;

import io.miniplane.server.report.domain.MonthlyReport;
import io.miniplane.server.report.domain.ReportTable;
import java.time.YearMonth;
import reactor.core.publisher.Mono;

/**
 * Makes the report of a month, day by day. Killed and started again it goes on with the days that are missing; run again after its end it makes the
 * report anew, and the same where nothing has changed.
 */
public final class MakeMonthlyReport {

    /** How often it begins again because another run of the same month finished in between and took the sums along. */
    private static final int ATTEMPTS = 5;

    private final Figures figures;
    private final Reports reports;

    /** Sums up with the one and keeps in the other. */
    public MakeMonthlyReport(Figures figures, Reports reports) {
        this.figures = figures;
        this.reports = reports;
    }

    /** Makes and keeps the report; an error when the database does not answer. */
    public Mono<MonthlyReport> make(YearMonth month) {
        return Mono.defer(() -> attempt(month))
                .repeatWhenEmpty(ATTEMPTS, again -> again)
                .flatMap(report ->
                        reports.replace(month, report, ReportTable.of(report)).thenReturn(report));
    }

    private Mono<MonthlyReport> attempt(YearMonth month) {
        return figures.missing(month)
                .concatMap(day -> figures.sumUp(month, day))
                .then(Mono.defer(() -> figures.whole(month)));
    }
}
