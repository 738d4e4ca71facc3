package io.miniplane.server.report.infrastructure;

import io.miniplane.server.report.application.Figures;
import io.miniplane.server.report.domain.MonthlyReport;
import java.time.LocalDate;
import java.time.YearMonth;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Sums in PostgreSQL; each method is one statement. */
final class PostgresFigures implements Figures {

    private static final String MISSING = """
            SELECT begin::date AS day
            FROM generate_series(:month::date, :month::date + interval '1 month' - interval '1 day', interval '1 day') begin
            WHERE NOT EXISTS (
                SELECT FROM report_days
                WHERE month = :month AND zone = :zone AND day = begin::date AND summed_at > now() - interval '1 day')
            ORDER BY begin
            """;

    private static final String SUM_UP = """
            WITH bounds AS (
                SELECT :day::date::timestamp AT TIME ZONE :zone AS since, (:day::date + 1)::timestamp AT TIME ZONE :zone AS until
            ),
            made AS (
                SELECT coalesce(jsonb_object_agg(status, orders), '{}') AS orders
                FROM (
                    SELECT status, count(*) AS orders FROM orders, bounds
                    WHERE created_at >= since AND created_at < until GROUP BY status) AS by_status
            ),
            paid AS (
                SELECT id, paid, refunded FROM orders, bounds WHERE paid_at >= since AND paid_at < until
            ),
            money AS (
                SELECT count(*) AS paid_orders, coalesce(sum(paid), 0) AS revenue,
                    count(*) FILTER (WHERE refunded > 0) AS refunded_orders, coalesce(sum(refunded), 0) AS refunded
                FROM paid
            ),
            newcomers AS (
                SELECT count(*) AS new_users FROM users, bounds WHERE created_at >= since AND created_at < until
            ),
            outdated AS (
                DELETE FROM report_day_products WHERE month = :month AND zone = :zone AND day = :day
                    AND product_id NOT IN (SELECT product_id FROM paid JOIN order_items ON order_id = id)
            ),
            sold AS (
                INSERT INTO report_day_products (month, zone, day, product_id, name, quantity, revenue)
                SELECT :month, :zone, :day, product_id, max(name), sum(quantity), sum(price * quantity)
                FROM paid JOIN order_items ON order_id = id GROUP BY product_id
                ON CONFLICT (month, zone, day, product_id) DO UPDATE
                SET name = excluded.name, quantity = excluded.quantity, revenue = excluded.revenue
            )
            INSERT INTO report_days
                (month, zone, day, orders, paid_orders, revenue, refunded_orders, refunded, new_users, summed_at)
            SELECT :month, :zone, :day, orders, paid_orders, revenue, refunded_orders, refunded, new_users, now()
            FROM made, money, newcomers
            ON CONFLICT (month, zone, day) DO UPDATE
            SET orders = excluded.orders, paid_orders = excluded.paid_orders, revenue = excluded.revenue,
                refunded_orders = excluded.refunded_orders, refunded = excluded.refunded, new_users = excluded.new_users,
                summed_at = excluded.summed_at
            """;

    private static final String WHOLE = """
            WITH days AS (SELECT * FROM report_days WHERE month = :month AND zone = :zone),
            made AS (
                SELECT day, key AS status, value::bigint AS count FROM days, jsonb_each_text(orders)
            ),
            products AS (
                SELECT product_id, max(name) AS name, sum(quantity) AS quantity, sum(revenue) AS revenue
                FROM report_day_products WHERE month = :month AND zone = :zone
                GROUP BY product_id ORDER BY revenue DESC, product_id LIMIT :top
            )
            SELECT jsonb_build_object(
                'month', to_char(:month::date, 'YYYY-MM'),
                'zone', :zone::text,
                'orders', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object('status', status, 'count', count) ORDER BY status), '[]')
                    FROM (SELECT status, sum(count) AS count FROM made GROUP BY status) AS by_status),
                'paidOrders', sum(paid_orders),
                'revenue', sum(revenue),
                'refundedOrders', sum(refunded_orders),
                'refunded', sum(refunded),
                'newUsers', sum(new_users),
                'topProducts', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'id', product_id, 'name', name, 'quantity', quantity, 'revenue', revenue)
                        ORDER BY revenue DESC, product_id), '[]')
                    FROM products),
                'days', jsonb_agg(jsonb_build_object(
                    'day', day, 'orders', (SELECT coalesce(sum(count), 0) FROM made WHERE made.day = days.day),
                    'paidOrders', paid_orders, 'revenue', revenue, 'refunded', refunded, 'newUsers', new_users)
                    ORDER BY day)
            )::text AS report
            FROM days HAVING count(*) = :days
            """;

    private final DatabaseClient database;
    private final ReportSettings settings;

    PostgresFigures(DatabaseClient database, ReportSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Flux<LocalDate> missing(YearMonth month) {
        return about(MISSING, month).mapValue(LocalDate.class).all();
    }

    @Override
    public Mono<Void> sumUp(YearMonth month, LocalDate day) {
        return about(SUM_UP, month).bind("day", day).then();
    }

    @Override
    public Mono<MonthlyReport> whole(YearMonth month) {
        return about(WHOLE, month)
                .bind("top", settings.topProducts())
                .bind("days", month.lengthOfMonth())
                .mapValue(String.class)
                .one()
                .map(json -> JsonMapper.shared().readValue(json, MonthlyReport.class));
    }

    private GenericExecuteSpec about(String statement, YearMonth month) {
        return database.sql(statement)
                .bind("month", month.atDay(1))
                .bind("zone", settings.zone().getId());
    }
}
