package io.miniplane.server.report.infrastructure;

import io.miniplane.server.report.application.Reports;
import io.miniplane.server.report.domain.MonthlyReport;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reports in PostgreSQL; each method is one statement. */
final class PostgresReports implements Reports {

    private static final String REPLACE = """
            WITH days AS (DELETE FROM report_days WHERE month = :month),
            products AS (DELETE FROM report_day_products WHERE month = :month)
            INSERT INTO monthly_reports (month, report, csv, digest) VALUES (:month, :report::jsonb, :csv, :digest)
            ON CONFLICT (month) DO UPDATE
            SET report = excluded.report, csv = excluded.csv, digest = excluded.digest, made_at = excluded.made_at
            """;

    private static final String FIND =
            "SELECT report::text AS report, csv, digest FROM monthly_reports WHERE month = :month";

    private static final String LIST = "SELECT month, made_at FROM monthly_reports ORDER BY month DESC LIMIT 120";

    private static final int DIGEST_BYTES = 16;

    private final DatabaseClient database;

    PostgresReports(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> replace(YearMonth month, MonthlyReport report, String table) {
        String json = JsonMapper.shared().writeValueAsString(report);
        return database.sql(REPLACE)
                .bind("month", month.atDay(1))
                .bind("report", json)
                .bind("csv", table)
                .bind("digest", digest(json))
                .then();
    }

    @Override
    public Mono<Kept> find(YearMonth month) {
        return database.sql(FIND)
                .bind("month", month.atDay(1))
                .map(row -> new Kept(
                        JsonMapper.shared().readValue(row.get("report", String.class), MonthlyReport.class),
                        row.get("csv", String.class),
                        row.get("digest", String.class)))
                .one();
    }

    @Override
    public Flux<Entry> list() {
        return database.sql(LIST)
                .map(row ->
                        new Entry(YearMonth.from(row.get("month", LocalDate.class)), row.get("made_at", Instant.class)))
                .all();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
