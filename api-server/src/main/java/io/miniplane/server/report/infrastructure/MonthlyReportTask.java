package io.miniplane.server.report.infrastructure;

import io.miniplane.server.platform.tasks.Task;
import io.miniplane.server.platform.tasks.TaskRefused;
import io.miniplane.server.report.application.MakeMonthlyReport;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** {@code --task=monthly-report --month=2026-10}; without a month, the last one that is over. */
final class MonthlyReportTask implements Task {

    private static final String MONTH = "month";
    private static final String WELL_FORMED = "20[0-9]{2}-[0-9]{2}";

    private final MakeMonthlyReport makeReport;
    private final ZoneId zone;
    private final Clock clock;

    MonthlyReportTask(MakeMonthlyReport makeReport, ZoneId zone, Clock clock) {
        this.makeReport = makeReport;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "monthly-report";
    }

    @Override
    public Set<String> options() {
        return Set.of(MONTH);
    }

    @Override
    public Mono<String> run(Map<String, String> options) {
        return Mono.fromCallable(() -> month(options))
                .flatMap(makeReport::make)
                .map(report -> "the report of %s (%s) has %d paid orders and %d fen"
                        .formatted(report.month(), report.zone(), report.paidOrders(), report.revenue()));
    }

    private YearMonth month(Map<String, String> options) {
        YearMonth last = YearMonth.now(clock.withZone(zone)).minusMonths(1);
        String wanted = options.get(MONTH);
        YearMonth month = wanted == null ? last : parsed(wanted, last);
        if (month.isAfter(last)) {
            throw new TaskRefused(month + " is not over yet in " + zone + ": the last full month is " + last + ".");
        }
        return month;
    }

    private static YearMonth parsed(String month, YearMonth last) {
        try {
            if (month.matches(WELL_FORMED)) {
                return YearMonth.parse(month);
            }
        } catch (DateTimeException e) {
            throw new TaskRefused(wrong(last));
        }
        throw new TaskRefused(wrong(last));
    }

    private static String wrong(YearMonth last) {
        return "--month is no month: give year and month, such as --month=" + last + ".";
    }
}
