package io.miniplane.server.report.application;

import io.miniplane.server.report.domain.MonthlyReport;
import java.time.LocalDate;
import java.time.YearMonth;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sums of days, which are kept until the report of their month is. */
public interface Figures {

    /** The days of a month that have no sums of today or yesterday's making, in order. */
    Flux<LocalDate> missing(YearMonth month);

    /** Sums a day up, in place of older sums of it. */
    Mono<Void> sumUp(YearMonth month, LocalDate day);

    /** The sums of all days together; empty while a day is missing. */
    Mono<MonthlyReport> whole(YearMonth month);
}
