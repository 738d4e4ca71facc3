package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.world.PaidOrders.Sale;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ShippingApiTest {

    private static final String PREFIX = "/wxa/sec/order/";
    private static final String UPLOAD = PREFIX + "upload_shipping_info";
    private static final String COMBINED = PREFIX + "upload_combined_shipping_info";
    private static final String APP = SimulatorClient.APP;
    private static final String MERCHANT = "1900000109";
    private static final String PARCEL = "{'tracking_no':'T1','express_company':'YTO','item_desc':'Tea'}";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();
    private String id = "";

    @BeforeEach
    void pay() {
        control.putUser("alice", null, null, false);
        id = pay("order-1");
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private String pay(String outTradeNo) {
        return control.trade()
                .pay(APP, "alice", new Sale(MERCHANT, outTradeNo, "Tea", 990))
                .transactionId();
    }

    private String key() {
        return "'order_key':{'order_number_type':2,'transaction_id':'%s'}".formatted(id);
    }

    /** An upload of this minute of an hour. */
    private String shipping(int minute, String more) {
        return SimulatorClient.body("{%s,'upload_time':'2026-01-01T08:%02d:00.000+08:00','payer':{'openid':'alice'},%s}"
                .formatted(key(), minute, more));
    }

    private String unified(int minute, String goods) {
        return shipping(
                minute, "'logistics_type':3,'delivery_mode':1,'shipping_list':[{'item_desc':'%s'}]".formatted(goods));
    }

    private String split(int minute, String number, boolean last) {
        return shipping(
                minute,
                "'logistics_type':1,'delivery_mode':2,'is_all_delivered':%s,'shipping_list':[%s]"
                        .formatted(last, PARCEL.replace("T1", number)));
    }

    private int upload(String body) throws IOException {
        return wechat.refusal(UPLOAD, body);
    }

    private JsonNode order() throws IOException {
        return wechat.post(PREFIX + "get_order", SimulatorClient.body("{'transaction_id':'%s'}", id))
                .path("order");
    }

    @Test
    void a_shipped_order_is_told_as_such() throws IOException {
        assertThat(order().path("order_state").intValue()).isEqualTo(1);
        assertThat(order().has("shipping")).isFalse();
        assertThat(upload(unified(0, "Tea"))).isZero();
        JsonNode order = order();
        assertThat(order.path("order_state").intValue()).isEqualTo(2);
        assertThat(order.path("paid_amount").intValue()).isEqualTo(990);
        assertThat(order.path("merchant_trade_no").stringValue()).isEqualTo("order-1");
        assertThat(order.path("openid").stringValue()).isEqualTo("alice");
        assertThat(order.path("shipping").path("finish_shipping").booleanValue())
                .isTrue();
        assertThat(order.path("shipping")
                        .path("shipping_list")
                        .path(0)
                        .path("goods_desc")
                        .stringValue())
                .isEqualTo("Tea");
    }

    @Test
    void parcels_of_a_split_order_add_up_until_all_are_under_way() throws IOException {
        assertThat(upload(split(0, "T1", false))).isZero();
        assertThat(order().path("order_state").intValue()).isEqualTo(1);
        assertThat(upload(split(1, "T1", false))).isEqualTo(10060023);
        assertThat(upload(split(1, "T2", true))).isZero();
        assertThat(order().path("order_state").intValue()).isEqualTo(2);
        assertThat(order().path("shipping").path("shipping_list").size()).isEqualTo(2);
    }

    @Test
    void a_complete_order_is_shipped_once_more_and_no_third_time() throws IOException {
        assertThat(upload(unified(0, "Tea"))).isZero();
        assertThat(upload(unified(1, "Tea"))).isEqualTo(10060023);
        assertThat(upload(unified(0, "Coffee"))).isEqualTo(10060023);
        assertThat(upload(unified(1, "Coffee"))).isZero();
        assertThat(order().path("shipping").path("finish_shipping_count").intValue())
                .isEqualTo(2);
        assertThat(upload(unified(2, "Cocoa"))).isEqualTo(10060003);
    }

    @Test
    void another_mode_uses_up_the_second_time() throws IOException {
        assertThat(upload(split(0, "T1", false))).isZero();
        assertThat(upload(unified(1, "Tea"))).isZero();
        assertThat(upload(unified(2, "Coffee"))).isEqualTo(10060003);
    }

    @ParameterizedTest
    @CsvSource({"3, 10060002", "4, 10060002", "5, 10060004", "6, 10060004", "1, 0"})
    void the_state_of_an_order_decides_whether_it_can_be_shipped(int state, int errcode) throws IOException {
        wechat.order("PUT", "/_control/orders/" + id, "{'state':" + state + "}");
        assertThat(upload(unified(0, "Tea"))).isEqualTo(errcode);
    }

    @Test
    void shipping_and_receipt_are_pushed() throws IOException {
        BlockingQueue<ObjectNode> pushes = wechat.pushes();
        upload(unified(0, "Tea"));
        ObjectNode shipped = SimulatorClient.next(pushes);
        assertThat(shipped.path("Event").stringValue()).isEqualTo("trade_manage_order_settlement");
        assertThat(shipped.path("transaction_id").stringValue()).isEqualTo(id);
        assertThat(shipped.path("merchant_trade_no").stringValue()).isEqualTo("order-1");
        assertThat(shipped.path("estimated_settlement_time").longValue()
                        - shipped.path("shipped_time").longValue())
                .isEqualTo(10 * 86400);
        wechat.order("PUT", "/_control/orders/" + id + "/receipt", "");
        ObjectNode received = SimulatorClient.next(pushes);
        assertThat(received.path("confirm_receive_method").intValue()).isEqualTo(2);
        assertThat(received.path("settlement_time").longValue()).isPositive();
        assertThat(order().path("order_state").intValue()).isEqualTo(3);
        assertThat(wechat.send("PUT", "/_control/orders/" + id + "/receipt", "").body())
                .contains("not shipped");
    }

    @Test
    void an_order_is_received_by_itself_after_ten_days() throws IOException {
        BlockingQueue<ObjectNode> pushes = wechat.pushes();
        upload(unified(0, "Tea"));
        assertThat(SimulatorClient.next(pushes).has("estimated_settlement_time"))
                .isTrue();
        control.advance(Duration.ofDays(10).minusMinutes(1));
        assertThat(order().path("order_state").intValue()).isEqualTo(2);
        control.advance(Duration.ofMinutes(1));
        assertThat(SimulatorClient.next(pushes).path("confirm_receive_method").intValue())
                .isEqualTo(1);
        assertThat(order().path("order_state").intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'logistics_type':3,'delivery_mode':1; 47001",
                "'logistics_type':3,'delivery_mode':1,'shipping_list':{}; 47001",
                "'logistics_type':5,'delivery_mode':1,'shipping_list':[{'item_desc':'x'}]; 10060005",
                "'logistics_type':3,'delivery_mode':3,'shipping_list':[{'item_desc':'x'}]; 268485224",
                "'logistics_type':3,'delivery_mode':2,'shipping_list':[{'item_desc':'x'}]; 10060006",
                "'logistics_type':1,'delivery_mode':2,'shipping_list':[{'item_desc':'x'}]; 10060007",
                "'logistics_type':3,'delivery_mode':1,'shipping_list':[]; 268485228",
                "'logistics_type':3,'delivery_mode':1,'shipping_list':[{'item_desc':'x'},{'item_desc':'y'}]; 268485228",
                "'logistics_type':3,'delivery_mode':1,'shipping_list':[{}]; 10060020",
                "'logistics_type':3,'delivery_mode':1,'shipping_list':[{'item_desc':' '}]; 10060008",
                "'logistics_type':3,'delivery_mode':1,'shipping_list':[{'item_desc':1}]; 10060014",
                "'logistics_type':1,'delivery_mode':1,'shipping_list':[{'item_desc':'x','express_company':'YTO'}]; 268485226",
                "'logistics_type':1,'delivery_mode':1,'shipping_list':[{'item_desc':'x','tracking_no':'1'}]; 268485227",
                "'logistics_type':1,'delivery_mode':1,'shipping_list':[{'item_desc':'x','tracking_no':'1','express_company':'SF'}]; 10060014",
                "'logistics_type':1,'delivery_mode':1,'shipping_list':[{'item_desc':'x','tracking_no':'1','express_company':'SF','contact':{'receiver_contact':'189****1234'}}]; 0"
            })
    void each_part_of_shipping_counts(String more, int errcode) throws IOException {
        assertThat(upload(shipping(0, more))).isEqualTo(errcode);
    }

    @Test
    void nothing_is_too_long() throws IOException {
        assertThat(upload(unified(0, "x".repeat(121)))).isEqualTo(10060009);
        assertThat(upload(split(0, "1".repeat(129), true))).isEqualTo(10060026);
        assertThat(upload(split(0, "1", true).replace("YTO", "Y".repeat(129)))).isEqualTo(10060025);
        String many = PARCEL + ("," + PARCEL).repeat(15);
        assertThat(upload(shipping(
                        0,
                        "'logistics_type':1,'delivery_mode':2,'is_all_delivered':true,'shipping_list':[" + many + "]")))
                .isEqualTo(10060024);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; 268485194",
                "{'order_number_type':3}; 268485194",
                "{'order_number_type':2}; 268485195",
                "{'order_number_type':1,'out_trade_no':'order-1'}; 268485196",
                "{'order_number_type':1,'mchid':'1900000109'}; 268485197",
                "{'order_number_type':2,'transaction_id':'42'}; 10060001",
                "{'order_number_type':1,'mchid':'1900000109','out_trade_no':'order-9'}; 10060001",
                "{'order_number_type':1,'mchid':'1900000109','out_trade_no':'order-1'}; 0"
            })
    void an_order_is_named_by_its_key(String key, int errcode) throws IOException {
        String body =
                unified(0, "Tea").replaceFirst("\"order_key\":\\{[^}]*}", "\"order_key\":" + SimulatorClient.body(key));
        assertThat(upload(body)).isEqualTo(errcode);
    }

    @Test
    void only_the_payers_order_can_be_shipped_and_at_a_time() throws IOException {
        assertThat(upload(unified(0, "Tea").replace("alice", "bob"))).isEqualTo(10060031);
        assertThat(upload(unified(0, "Tea").replace("2026-01-01T08:00:00.000+08:00", "today")))
                .isEqualTo(268485216);
    }

    @Test
    void an_order_may_be_unknown_for_a_while() throws IOException {
        wechat.order("PUT", "/_control/trade-rules", "{'unknownSeconds':60}");
        assertThat(upload(unified(0, "Tea"))).isEqualTo(10060001);
        control.advance(Duration.ofSeconds(60));
        assertThat(upload(unified(0, "Tea"))).isZero();
    }

    @Test
    void an_app_without_the_service_is_refused() throws IOException {
        String own = SimulatorClient.body("{'appid':'%s'}", APP);
        assertThat(wechat.post(PREFIX + "is_trade_managed", own)
                        .path("is_trade_managed")
                        .booleanValue())
                .isTrue();
        wechat.order("PUT", "/_control/trade-rules", "{'appId':'%s','managed':false}".formatted(APP));
        assertThat(upload(unified(0, "Tea"))).isEqualTo(48001);
        assertThat(wechat.refusal(COMBINED, "{}")).isEqualTo(48001);
        assertThat(wechat.post(PREFIX + "is_trade_managed", own)
                        .path("is_trade_managed")
                        .booleanValue(true))
                .isFalse();
        assertThat(wechat.post(PREFIX + "is_trade_management_confirmation_completed", own)
                        .path("completed")
                        .booleanValue(true))
                .isFalse();
        assertThat(wechat.refusal(PREFIX + "is_trade_managed", "{\"appid\":\"wxfedcba9876543210\"}"))
                .isEqualTo(10060014);
    }

    private String combined(String second) {
        String part = "{%s,'logistics_type':3,'delivery_mode':1,'shipping_list':[{'item_desc':'x'}]}";
        String first = part.formatted(
                "'order_key':{'order_number_type':1,'mchid':'%s','out_trade_no':'part-1'}".formatted(MERCHANT));
        String other = part.formatted(
                "'order_key':{'order_number_type':1,'mchid':'%s','out_trade_no':'%s'}".formatted(MERCHANT, second));
        return SimulatorClient.body(
                ("{'order_key':{'order_number_type':1,'mchid':'%s','out_trade_no':'whole'},'sub_orders':[%s,%s],"
                                + "'upload_time':'2026-01-01T08:00:00.000+08:00','payer':{'openid':'alice'}}")
                        .formatted(MERCHANT, first, other));
    }

    @Test
    void the_parts_of_a_combined_payment_are_shipped_together_or_not_at_all() throws IOException {
        for (String part : new String[] {"part-1", "part-2"}) {
            id = control.trade()
                    .pay(APP, "alice", new Sale(MERCHANT, part, "Tea", 1), Optional.of("whole"))
                    .transactionId();
        }
        assertThat(wechat.refusal(COMBINED, combined("order-1"))).isEqualTo(10060001);
        assertThat(order().path("order_state").intValue()).isEqualTo(1);
        assertThat(wechat.refusal(COMBINED, combined("part-2"))).isZero();
        assertThat(order().path("order_state").intValue()).isEqualTo(2);
        assertThat(wechat.refusal(COMBINED, combined("part-2").replace("\"sub_orders\":[", "\"sub_orders\":1,\"x\":[")))
                .isEqualTo(47001);
    }

    @Test
    void orders_are_listed_page_by_page() throws IOException {
        for (int i = 2; i <= 5; i++) {
            pay("order-" + i);
        }
        upload(unified(0, "Tea"));
        JsonNode first = wechat.post(PREFIX + "get_order_list", "{\"page_size\":3}");
        assertThat(first.path("order_list").size()).isEqualTo(3);
        assertThat(first.path("has_more").booleanValue()).isTrue();
        JsonNode second = wechat.post(
                PREFIX + "get_order_list",
                SimulatorClient.body(
                        "{'page_size':3,'last_index':'%s'}",
                        first.path("last_index").stringValue()));
        assertThat(second.path("order_list").size()).isEqualTo(2);
        assertThat(second.path("has_more").booleanValue(true)).isFalse();
        assertThat(count("{'order_state':2}")).isEqualTo(1);
        assertThat(count("{'openid':'bob'}")).isZero();
        assertThat(count("{'pay_time_range':{'begin_time':99999999999}}")).isZero();
        assertThat(count("{'pay_time_range':{'begin_time':0,'end_time':99999999999}}"))
                .isEqualTo(5);
    }

    private int count(String query) throws IOException {
        return wechat.post(PREFIX + "get_order_list", SimulatorClient.body(query))
                .path("order_list")
                .size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "get_order_list; {'page_size':101}; 10060014",
                "get_order_list; {'order_state':7}; 10060014",
                "get_order_list; {'last_index':'x'}; 10060014",
                "get_order; {}; 10060014",
                "get_order; {'merchant_id':'1900000109'}; 10060014",
                "get_order; {'transaction_id':'42'}; 10060001",
                "get_order; {'merchant_id':'1900000109','merchant_trade_no':'order-1'}; 0",
                "notify_confirm_receive; {'merchant_id':'1900000109','merchant_trade_no':'order-1'}; 10060014",
                "notify_confirm_receive; {'merchant_id':'1900000109','merchant_trade_no':'order-1','received_time':1}; 10060004",
                "set_msg_jump_path; {}; 10060014",
                "set_msg_jump_path; {'path':'pages/orders'}; 0",
                "opspecialorder; {'type':1}; 10060014",
                "opspecialorder; {'order_id':'42','type':1}; 10060001"
            })
    void the_other_calls_check_what_they_get(String call, String body, int errcode) throws IOException {
        assertThat(wechat.refusal(PREFIX + call, SimulatorClient.body(body))).isEqualTo(errcode);
    }

    @Test
    void buyers_are_reminded_of_shipped_orders() throws IOException {
        upload(unified(0, "Tea"));
        String body = SimulatorClient.body("{'transaction_id':'%s','received_time':1700000000}", id);
        assertThat(wechat.refusal(PREFIX + "notify_confirm_receive", body)).isZero();
    }

    @Test
    void special_orders_wait_or_are_done() throws IOException {
        String special = PREFIX + "opspecialorder";
        long until = control.clock().instant().plus(Duration.ofDays(20)).getEpochSecond();
        assertThat(wechat.refusal(special, SimulatorClient.body("{'order_id':'%s','type':3}", id)))
                .isEqualTo(10060014);
        assertThat(wechat.refusal(special, SimulatorClient.body("{'order_id':'%s','type':1,'delay_to':1}", id)))
                .isEqualTo(10060014);
        assertThat(wechat.refusal(special, SimulatorClient.body("{'order_id':'%s','type':1,'delay_to':%d}", id, until)))
                .isZero();
        upload(unified(0, "Tea"));
        control.advance(Duration.ofDays(15));
        assertThat(order().path("order_state").intValue()).isEqualTo(2);
        control.advance(Duration.ofDays(6));
        assertThat(order().path("order_state").intValue()).isEqualTo(3);
        id = pay("order-2");
        assertThat(wechat.refusal(special, SimulatorClient.body("{'order_id':'%s','type':2}", id)))
                .isZero();
        assertThat(order().path("order_state").intValue()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "POST; /_control/orders; {'appId':'wx0123456789abcdef','openId':'alice','amount':0}; 1 fen or more",
                "POST; /_control/orders; {'appId':'wx0123456789abcdef','openId':'alice','merchantId':' '}; has a",
                "POST; /_control/orders; {'appId':'wx0123456789abcdef','openId':'alice','merchantId':'1900000109','outTradeNo':'order-1'}; already",
                "PUT; /_control/orders/42; {'state':1}; is unknown",
                "PUT; /_control/orders/42/receipt; {}; is unknown",
                "PUT; /_control/orders/42; {'state':7}; from 1 to 6",
                "PUT; /_control/trade-rules; {'unknownSeconds':-1}; 0 or more",
                "PUT; /_control/code-limit; {'permanentCodes':-1}; 0 or more"
            })
    void a_wrong_order_is_refused_with_a_sentence(String method, String path, String body, String sentence)
            throws IOException {
        var response = wechat.send(method, path, SimulatorClient.body(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(sentence);
    }
}
