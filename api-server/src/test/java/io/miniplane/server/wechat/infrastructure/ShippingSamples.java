package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.Sample.OK;
import static io.miniplane.server.wechat.infrastructure.Sample.OPEN_ID;
import static io.miniplane.server.wechat.infrastructure.Sample.TRADE;

import io.miniplane.server.wechat.ApiUsage.ApiPath;
import io.miniplane.server.wechat.ApiUsage.Quota;
import io.miniplane.server.wechat.ApiUsage.Rate;
import io.miniplane.server.wechat.CombinedShipment;
import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.OrderPage;
import io.miniplane.server.wechat.OrderQuery;
import io.miniplane.server.wechat.Shipment;
import io.miniplane.server.wechat.ShippedOrder;
import io.miniplane.server.wechat.ShippingInfo.Told;
import io.miniplane.server.wechat.SpecialOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The calls about shipping and about the use of the API. */
final class ShippingSamples {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final OrderName TRANSACTION = new OrderName.Transaction("4200001");
    private static final String ORDER = "{\"transaction_id\":\"4200001\",\"merchant_id\":\"1900001\","
            + "\"merchant_trade_no\":\"shop-000001\",\"openid\":\"" + OPEN_ID + "\",\"paid_amount\":199,"
            + "\"pay_time\":1767323045,\"order_state\":2,\"shipping\":{\"shipping_list\":[{\"tracking_no\":\"T1\"}]}}";
    private static final ShippedOrder SHIPPED = new ShippedOrder(
            "4200001",
            TRADE,
            OPEN_ID,
            199,
            Instant.ofEpochSecond(1767323045),
            ShippedOrder.State.SHIPPED,
            List.of("T1"));

    private ShippingSamples() {}

    static List<Sample> all() {
        return Stream.of(uploads(), orders(), trade(), usage())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Sample> uploads() {
        Shipment.Parcel parcel = new Shipment.Parcel("Tea", new Shipment.Waybill("SF", "T1", null, "138****1234"));
        Shipment.Goods goods =
                new Shipment.Goods(TRANSACTION, Shipment.Logistics.EXPRESS, Shipment.Delivery.UNIFIED, List.of(parcel));
        String goodsBody =
                "\"order_key\":{\"order_number_type\":2,\"transaction_id\":\"4200001\"},\"logistics_type\":1,"
                        + "\"delivery_mode\":1,\"shipping_list\":[{\"item_desc\":\"Tea\",\"tracking_no\":\"T1\","
                        + "\"express_company\":\"SF\",\"contact\":{\"receiver_contact\":\"138****1234\"}}]";
        String told = "\"upload_time\":\"2026-01-02T11:04:05.678+08:00\",\"payer\":{\"openid\":\"" + OPEN_ID + "\"}}";
        return List.of(
                new Sample(
                        Endpoint.UPLOAD_SHIPPING_INFO,
                        wechat -> wechat.clients.shippingInfo().upload(new Shipment(goods, OPEN_ID, THEN)),
                        "POST  {" + goodsBody + "," + told,
                        OK,
                        Told.ACCEPTED),
                new Sample(
                        Endpoint.UPLOAD_COMBINED_SHIPPING_INFO,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .upload(new CombinedShipment(TRADE, List.of(goods), OPEN_ID, THEN)),
                        "POST  {\"order_key\":{\"order_number_type\":1,\"mchid\":\"1900001\",\"out_trade_no\":\"shop-000001\"},"
                                + "\"sub_orders\":[{" + goodsBody + "}]," + told,
                        OK,
                        Told.ACCEPTED));
    }

    private static List<Sample> orders() {
        return List.of(
                new Sample(
                        Endpoint.GET_ORDER,
                        wechat -> wechat.clients.shippingInfo().order(TRADE),
                        "POST  {\"merchant_id\":\"1900001\",\"merchant_trade_no\":\"shop-000001\"}",
                        "{\"errcode\":0,\"order\":" + ORDER + "}",
                        SHIPPED),
                new Sample(
                        Endpoint.GET_ORDER_LIST,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .orders(new OrderQuery(
                                        Instant.ofEpochSecond(1), null, ShippedOrder.State.SHIPPED, OPEN_ID, "i1", 2)),
                        "POST  {\"pay_time_range\":{\"begin_time\":1},\"order_state\":2,\"openid\":\"" + OPEN_ID
                                + "\",\"last_index\":\"i1\",\"page_size\":2}",
                        "{\"errcode\":0,\"last_index\":\"i2\",\"has_more\":true,\"order_list\":[" + ORDER + "]}",
                        new OrderPage(List.of(SHIPPED), "i2")),
                new Sample(
                        Endpoint.NOTIFY_CONFIRM_RECEIVE,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .remindOfReceipt(TRANSACTION, Instant.ofEpochSecond(1767323045)),
                        "POST  {\"transaction_id\":\"4200001\",\"received_time\":1767323045}",
                        OK,
                        null));
    }

    private static List<Sample> trade() {
        return List.of(
                new Sample(
                        Endpoint.SET_MSG_JUMP_PATH,
                        wechat -> wechat.clients.shippingInfo().openFromMessages("pages/orders"),
                        "POST  {\"path\":\"pages/orders\"}",
                        OK,
                        null),
                new Sample(
                        Endpoint.IS_TRADE_MANAGED,
                        wechat -> wechat.clients.shippingInfo().isManaged(),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\"}",
                        "{\"errcode\":0,\"is_trade_managed\":true}",
                        true),
                new Sample(
                        Endpoint.IS_TRADE_MANAGEMENT_CONFIRMATION_COMPLETED,
                        wechat -> wechat.clients.shippingInfo().isConfirmationComplete(),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\"}",
                        "{\"errcode\":0,\"completed\":false}",
                        false),
                new Sample(
                        Endpoint.OPSPECIALORDER,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .except(new SpecialOrder.Presale("4200001", Instant.ofEpochSecond(1767323045))),
                        "POST  {\"order_id\":\"4200001\",\"type\":1,\"delay_to\":1767323045}",
                        OK,
                        null));
    }

    private static List<Sample> usage() {
        return List.of(
                new Sample(
                        Endpoint.QUOTA_GET,
                        wechat -> wechat.clients.apiUsage().quota(new ApiPath("/wxa/msg_sec_check")),
                        "POST  {\"cgi_path\":\"/wxa/msg_sec_check\"}",
                        "{\"errcode\":0,\"quota\":{\"daily_limit\":9,\"used\":2,\"remain\":7},"
                                + "\"rate_limit\":{\"call_count\":4000,\"refresh_second\":60}}",
                        new Quota(9, 2, 7, new Rate(4000, Duration.ofMinutes(1)))),
                new Sample(
                        Endpoint.CLEAR_QUOTA,
                        wechat -> wechat.clients.apiUsage().clear(),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\"}",
                        OK,
                        null),
                new Sample(
                        Endpoint.RID_GET,
                        wechat -> wechat.clients.apiUsage().call("1-2-3").map(call -> call.requestUrl() + call),
                        "POST  {\"rid\":\"1-2-3\"}",
                        "{\"errcode\":0,\"request\":{\"invoke_time\":1767323045,\"cost_in_ms\":30,\"request_url\":\"u\","
                                + "\"request_body\":\"q\",\"response_body\":\"r\",\"client_ip\":\"1.2.3.4\"}}",
                        "uPastCall[redacted]"));
    }
}
