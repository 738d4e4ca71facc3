package io.miniplane.server.report.domain;

import java.util.List;
import java.util.UUID;

/**
 * The sums of a month. Orders count where they were made, and money where it was paid; what was refunded is that of the orders which were paid then,
 * whenever it went back.
 *
 * @param month as in 2026-10
 * @param zone the time zone in which its days begin and end, as in Asia/Shanghai
 * @param orders the orders that were made, by what had become of them when the report was made
 * @param paidOrders how many orders were paid
 * @param revenue what was paid for them, in fen
 * @param refundedOrders how many of them got money back
 * @param refunded how much, in fen
 * @param newUsers how many users came for the first time
 * @param topProducts what brought the most, the most first
 * @param days each day of the month
 */
public record MonthlyReport(
        String month,
        String zone,
        List<OrderCount> orders,
        long paidOrders,
        long revenue,
        long refundedOrders,
        long refunded,
        long newUsers,
        List<ProductSales> topProducts,
        List<DayFigures> days) {

    /** Takes the lists as they are now. */
    public MonthlyReport {
        orders = List.copyOf(orders);
        topProducts = List.copyOf(topProducts);
        days = List.copyOf(days);
    }

    /**
     * Orders of one status.
     *
     * @param status the name of the status
     * @param count how many
     */
    public record OrderCount(String status, long count) {}

    /**
     * What one product brought, by the orders that were paid.
     *
     * @param id the product
     * @param name its name when it was ordered
     * @param quantity how many pieces
     * @param revenue their price, in fen
     */
    public record ProductSales(UUID id, String name, long quantity, long revenue) {}

    /**
     * One day.
     *
     * @param day as in 2026-10-31
     * @param orders how many orders were made
     * @param paidOrders how many were paid
     * @param revenue what was paid for them, in fen
     * @param refunded how much of that went back, in fen
     * @param newUsers how many users came for the first time
     */
    public record DayFigures(String day, long orders, long paidOrders, long revenue, long refunded, long newUsers) {}
}
