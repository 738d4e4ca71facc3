package io.miniplane.server.wechat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which orders to list.
 *
 * @param paidFrom paid at this time or later, or null
 * @param paidTo paid at this time or sooner, or null
 * @param state how far they are, or null for all
 * @param openId who paid, or null for all
 * @param after the place where the page before ended, or null for the first page
 * @param limit how many, 1 to 100
 */
public record OrderQuery(
        @Nullable Instant paidFrom,
        @Nullable Instant paidTo,
        ShippedOrder.@Nullable State state,
        @Nullable String openId,
        @Nullable String after,
        int limit) {

    private static final int MOST = 100;

    /** @throws WechatFailure.BadArgument when the limit is too small or too large */
    public OrderQuery {
        Rules.within("limit", limit, 1, MOST);
    }

    /** The first orders of all. */
    public static OrderQuery first(int limit) {
        return new OrderQuery(null, null, null, null, null, limit);
    }

    @Override
    public String toString() {
        return "OrderQuery[redacted]";
    }
}
