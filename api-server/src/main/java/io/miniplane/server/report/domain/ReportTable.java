package io.miniplane.server.report.domain;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report as CSV by RFC 4180: the columns kind, key, name, count and amount (fen), with CRLF after each line. A text that a spreadsheet would take for
 * a formula gets an apostrophe before it.
 */
public final class ReportTable {

    private static final String HEAD = line("kind", "key", "name", "count", "amount");
    private static final String FORMULAS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String NOTHING = "";

    private ReportTable() {}

    /** The whole table, with its head. */
    public static String of(MonthlyReport report) {
        Stream<String> orders =
                report.orders().stream().map(each -> line("orders", each.status(), NOTHING, each.count(), NOTHING));
        Stream<String> products = report.topProducts().stream()
                .map(each -> line("product", each.id(), each.name(), each.quantity(), each.revenue()));
        Stream<String> days =
                report.days().stream().map(each -> line("day", each.day(), NOTHING, each.orders(), each.revenue()));
        Stream<String> sums = Stream.of(
                line("month", report.month(), report.zone(), NOTHING, NOTHING),
                line("paid", NOTHING, NOTHING, report.paidOrders(), report.revenue()),
                line("refunded", NOTHING, NOTHING, report.refundedOrders(), report.refunded()),
                line("new users", NOTHING, NOTHING, report.newUsers(), NOTHING));
        return Stream.of(Stream.of(HEAD), sums, orders, products, days)
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    private static String line(Object... cells) {
        return Arrays.stream(cells).map(ReportTable::cell).collect(Collectors.joining(",", NOTHING, "\r\n"));
    }

    private static String cell(Object value) {
        return value instanceof Number ? value.toString() : quoted(harmless(value.toString()));
    }

    private static String harmless(String text) {
        String start = text.strip();
        boolean isFormula = !text.isEmpty()
                && (FORMULAS.indexOf(text.charAt(0)) >= 0
                        || (!start.isEmpty() && FORMULAS.indexOf(start.charAt(0)) >= 0));
        return isFormula ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean needsQuotes = text.chars().anyMatch(each -> ",\"\r\n'".indexOf(each) >= 0);
        return needsQuotes ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
