package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.CombinedShipment;
import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.OrderQuery;
import io.miniplane.server.wechat.Shipment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shipments and orders in the fields that WeChat calls them by. */
final class ShippingFields {

    private static final int BY_TRADE_NUMBER = 1;
    private static final int BY_TRANSACTION = 2;

    /** RFC 3339 with milliseconds, in the zone that WeChat's own examples use. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.ofHours(8));

    private ShippingFields() {}

    static Fields of(Shipment shipment) {
        return told(goods(shipment.goods()), shipment.at(), shipment.openId());
    }

    static Fields of(CombinedShipment shipment) {
        List<Map<String, Object>> orders =
                shipment.orders().stream().map(goods -> goods(goods).map()).toList();
        Fields body = Fields.with("order_key", key(shipment.payment())).and("sub_orders", orders);
        return told(body, shipment.at(), shipment.openId());
    }

    static Fields of(OrderQuery query) {
        Fields paid = Fields.with("begin_time", seconds(query.paidFrom())).and("end_time", seconds(query.paidTo()));
        return Fields.with("pay_time_range", paid.map().isEmpty() ? null : paid)
                .and("order_state", query.state() == null ? null : query.state().number())
                .and("openid", query.openId())
                .and("last_index", query.after())
                .and("page_size", query.limit());
    }

    /** An order as calls that do not tell shipping name it. */
    static Fields name(OrderName order) {
        return switch (order) {
            case OrderName.Transaction(var id) -> Fields.with("transaction_id", id);
            case OrderName.Trade(var merchant, var number) ->
                Fields.with("merchant_id", merchant).and("merchant_trade_no", number);
        };
    }

    private static Fields told(Fields body, Instant at, String openId) {
        return body.and("upload_time", TIME.format(at)).and("payer", Fields.with("openid", openId));
    }

    private static Fields goods(Shipment.Goods goods) {
        Boolean last =
                switch (goods.delivery()) {
                    case UNIFIED -> null;
                    case SPLIT -> false;
                    case SPLIT_LAST -> true;
                };
        return Fields.with("order_key", key(goods.order()))
                .and("logistics_type", goods.logistics().number())
                .and("delivery_mode", goods.delivery().number())
                .and("is_all_delivered", last)
                .and(
                        "shipping_list",
                        goods.parcels().stream()
                                .map(parcel -> parcel(parcel).map())
                                .toList());
    }

    private static Fields key(OrderName order) {
        return switch (order) {
            case OrderName.Transaction(var id) ->
                Fields.with("order_number_type", BY_TRANSACTION).and("transaction_id", id);
            case OrderName.Trade(var merchant, var number) ->
                Fields.with("order_number_type", BY_TRADE_NUMBER)
                        .and("mchid", merchant)
                        .and("out_trade_no", number);
        };
    }

    private static Fields parcel(Shipment.Parcel parcel) {
        Fields fields = Fields.with("item_desc", parcel.description());
        Shipment.Waybill waybill = parcel.waybill();
        if (waybill == null) {
            return fields;
        }
        Fields contact = Fields.with("consignor_contact", waybill.senderContact())
                .and("receiver_contact", waybill.receiverContact());
        return fields.and("tracking_no", waybill.trackingNumber())
                .and("express_company", waybill.company())
                .and("contact", contact.map().isEmpty() ? null : contact);
    }

    private static @Nullable Long seconds(@Nullable Instant moment) {
        return moment == null ? null : moment.getEpochSecond();
    }
}
