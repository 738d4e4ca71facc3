package io.miniplane.server.report.infrastructure;

import io.miniplane.server.report.application.MakeMonthlyReport;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the use cases together with what stands behind their ports. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

    @Bean
    PostgresReports reports(DatabaseClient database) {
        return new PostgresReports(database);
    }

    @Bean
    MakeMonthlyReport makeMonthlyReport(DatabaseClient database, ReportSettings settings, PostgresReports reports) {
        return new MakeMonthlyReport(new PostgresFigures(database, settings), reports);
    }

    @Bean
    MonthlyReportTask monthlyReportTask(MakeMonthlyReport makeReport, ReportSettings settings) {
        return new MonthlyReportTask(makeReport, settings.zone(), Clock.systemUTC());
    }
}
