package io.miniplane.server.report.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.platform.tasks.TaskRefused;
import io.miniplane.server.report.application.Figures;
import io.miniplane.server.report.application.MakeMonthlyReport;
import io.miniplane.server.report.application.Reports;
import io.miniplane.server.report.domain.MonthlyReport;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class MonthlyReportTaskTest {

    private static final Instant FIRST_OF_NOVEMBER_IN_SHANGHAI = Instant.parse("2026-10-31T16:30:00Z");

    @Test
    void withoutAMonthItIsTheLastOneThatIsOverWhereTheShopIs() {
        assertThat(said("Asia/Shanghai", Map.of())).contains("2026-10");
        assertThat(said("UTC", Map.of())).contains("2026-09");
    }

    @Test
    void aMonthThatIsOverCanBeNamed() {
        assertThat(said("Asia/Shanghai", Map.of("month", "2025-01"))).contains("2025-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13", "2026-1", "October", "", "2026-00", "202610", "1999-01"})
    void whatIsNoMonthIsRefusedWithAnExample(String month) {
        assertThatThrownBy(() -> said("Asia/Shanghai", Map.of("month", month)))
                .isInstanceOf(TaskRefused.class)
                .hasMessage("--month is no month: give year and month, such as --month=2026-10.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11", "2027-01"})
    void aMonthThatIsNotOverIsRefused(String month) {
        assertThatThrownBy(() -> said("Asia/Shanghai", Map.of("month", month)))
                .isInstanceOf(TaskRefused.class)
                .hasMessage(month + " is not over yet in Asia/Shanghai: the last full month is 2026-10.");
    }

    private static String said(String zone, Map<String, String> options) {
        Clock clock = Clock.fixed(FIRST_OF_NOVEMBER_IN_SHANGHAI, ZoneOffset.UTC);
        return new MonthlyReportTask(new MakeMonthlyReport(new Nothing(), new Nothing()), ZoneId.of(zone), clock)
                .run(options)
                .block();
    }

    /** A shop where nothing happens. */
    private static final class Nothing implements Figures, Reports {

        @Override
        public Flux<LocalDate> missing(YearMonth month) {
            return Flux.empty();
        }

        @Override
        public Mono<Void> sumUp(YearMonth month, LocalDate day) {
            return Mono.empty();
        }

        @Override
        public Mono<MonthlyReport> whole(YearMonth month) {
            return Mono.just(
                    new MonthlyReport(month.toString(), "UTC", List.of(), 0, 0, 0, 0, 0, List.of(), List.of()));
        }

        @Override
        public Mono<Void> replace(YearMonth month, MonthlyReport report, String table) {
            return Mono.empty();
        }

        @Override
        public Mono<Kept> find(YearMonth month) {
            return Mono.empty();
        }

        @Override
        public Flux<Entry> list() {
            return Flux.empty();
        }
    }
}
