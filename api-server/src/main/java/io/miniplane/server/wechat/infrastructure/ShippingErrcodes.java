package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.ShippingInfo.Told;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.util.Map;

/** What WeChat's error numbers of shipping mean. */
final class ShippingErrcodes {

    /** Those that say that WeChat knows already what it was told. */
    static final Map<Integer, Told> KNOWN_ALREADY = Map.of(10060002, Told.ALREADY_SHIPPED, 10060023, Told.UNCHANGED);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration UNTIL_PAYMENTS_ARE_KNOWN = Duration.ofMinutes(1);

    private ShippingErrcodes() {}

    static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 10060001 -> new WechatFailure.NothingThere(errcode, UNTIL_PAYMENTS_ARE_KNOWN);
            case 10060003, 10060004 -> new WechatFailure.NotShippable(errcode);
            case 10060012, 10060019 ->
                new WechatFailure.Unavailable("another change of the order is under way", errcode, SOON, true);
            case 10060005, 10060006, 10060007, 10060008, 10060009, 10060014, 10060020, 10060024, 10060025, 10060026 ->
                new WechatFailure.BadArgument(errcode);
            case 10060031 -> new WechatFailure.UserUnknown(errcode);
            case 268485194, 268485195, 268485196, 268485197, 268485216, 268485224, 268485226, 268485227, 268485228 ->
                new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
