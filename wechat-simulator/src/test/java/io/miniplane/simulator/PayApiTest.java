package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.pay.AnswerFault;
import io.miniplane.simulator.pay.PayMode;
import io.miniplane.simulator.pay.Payments;
import io.miniplane.simulator.pay.Refund;
import io.miniplane.simulator.pay.TradeState;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class PayApiTest {

    private static final String JSAPI = "/v3/pay/transactions/jsapi";
    private static final String TRADE = "/v3/pay/transactions/out-trade-no/";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";

    private final PayClient pay = new PayClient();
    private final Payments payments = pay.control().payments();

    @BeforeEach
    void makeAlice() {
        pay.control().putUser("alice", null, null, false);
    }

    @AfterEach
    void stop() {
        pay.close();
    }

    private String closeBody() {
        return "{'mchid':'%s'}".formatted(pay.merchantId());
    }

    private void pay(String outTradeNo) throws IOException {
        payments.pay(pay.prepay(outTradeNo));
    }

    @Test
    void an_order_is_unpaid_until_the_user_pays() throws IOException {
        String prepayId = pay.prepay("order-1");
        JsonNode unpaid = pay.query("order-1");
        assertThat(unpaid.path("trade_state").stringValue()).isEqualTo("NOTPAY");
        assertThat(unpaid.has("transaction_id")).isFalse();
        payments.pay(pay.payRequest(prepayId));
        JsonNode paid = pay.query("order-1");
        assertThat(paid.path("trade_state").stringValue()).isEqualTo("SUCCESS");
        assertThat(paid.path("amount").path("payer_total").longValue()).isEqualTo(990);
        assertThat(paid.path("payer").path("openid").stringValue()).isEqualTo("alice");
        String id = paid.path("transaction_id").stringValue();
        assertThat(pay.call(200, "GET", "/v3/pay/transactions/id/" + id + "?mchid=" + pay.merchantId(), ""))
                .isEqualTo(paid);
        assertThat(pay.control().trade().orders(SimulatorClient.APP))
                .singleElement()
                .satisfies(order -> assertThat(order.transactionId()).isEqualTo(id));
    }

    @Test
    void a_call_that_the_merchant_did_not_sign_so_is_told_what_was_verified() throws IOException {
        HttpResponse<String> response = pay.send("POST", JSAPI, "{\"a\":1}", "{\"a\":2}");
        assertThat(response.statusCode()).isEqualTo(401);
        JsonNode error = PayClient.json(response.body());
        assertThat(error.path("code").stringValue()).isEqualTo("SIGN_ERROR");
        JsonNode detail = error.path("detail");
        assertThat(detail.path("issue").stringValue()).isEqualTo("sign not match");
        assertThat(detail.path("sign_information").path("url").stringValue()).isEqualTo(JSAPI);
        assertThat(detail.path("sign_information").path("sign_message_length").intValue())
                .isGreaterThan(40);
    }

    @Test
    void the_query_is_a_part_of_what_is_signed() throws IOException {
        pay.prepay("order-1");
        assertThat(pay.query("order-1").path("mchid").stringValue()).isEqualTo(pay.merchantId());
        assertThat(pay.error("GET", TRADE + "order-1?mchid=1230000109", "")).isEqualTo("PARAM_ERROR");
    }

    @Test
    void who_calls_is_checked() throws IOException {
        pay.now = pay.now.minusSeconds(600);
        assertThat(pay.error("POST", JSAPI, "{}")).isEqualTo("SIGN_ERROR");
        pay.now = pay.now.plusSeconds(600);
        pay.serial = "00000000";
        assertThat(pay.error("POST", JSAPI, "{}")).isEqualTo("SIGN_ERROR");
        pay.merchantId = "1230000109";
        assertThat(pay.error("POST", JSAPI, "{}")).isEqualTo("MCH_NOT_EXISTS");
    }

    @Test
    void every_answer_is_signed_by_the_key_that_was_asked_for() throws IOException {
        payments.keys().mode(PayMode.BOTH);
        pay.prepay("order-1");
        pay.wishedKey = payments.keys().publicKeyId();
        HttpResponse<String> byKey = pay.send("GET", TRADE + "order-1?mchid=" + pay.merchantId(), "");
        assertThat(PayClient.header(byKey, "Wechatpay-Serial")).isEqualTo(pay.wishedKey);
        assertThat(PayClient.signs(pay.publicKey(), byKey)).isTrue();
        pay.wishedKey = payments.keys().serials().getFirst();
        HttpResponse<String> byCertificate =
                pay.send("POST", TRADE + "order-1/close", closeBody().replace('\'', '"'));
        assertThat(byCertificate.statusCode()).isEqualTo(204);
        assertThat(byCertificate.body()).isEmpty();
        assertThat(PayClient.signs(PayClient.certified(payments.certificatePem()), byCertificate))
                .isTrue();
        pay.wishedKey = "PUB_KEY_ID_1";
        assertThat(pay.error("GET", TRADE + "order-1?mchid=" + pay.merchantId(), ""))
                .isEqualTo("PARAM_ERROR");
    }

    @ParameterizedTest
    @EnumSource(AnswerFault.class)
    void an_answer_with_a_wrong_signature_can_be_had(AnswerFault fault) throws IOException {
        pay.prepay("order-1");
        payments.disturbAnswer(fault);
        HttpResponse<String> wrong = pay.send("GET", TRADE + "order-1?mchid=" + pay.merchantId(), "");
        boolean signed = PayClient.signs(pay.publicKey(), wrong);
        assertThat(signed).isEqualTo(fault == AnswerFault.OLD_TIMESTAMP);
        assertThat(PayClient.signs(pay.publicKey(), pay.send("GET", TRADE + "order-1?mchid=" + pay.merchantId(), "")))
                .isTrue();
    }

    @Test
    void certificates_are_enciphered_and_overlap_when_they_change() throws IOException {
        assertThat(pay.error("GET", "/v3/certificates", "")).isEqualTo("RESOURCE_NOT_EXISTS");
        payments.keys().mode(PayMode.CERTIFICATE);
        String newest = payments.keys().rotate();
        JsonNode data = pay.call(200, "GET", "/v3/certificates", "").path("data");
        assertThat(data.valueStream().map(one -> one.path("serial_no").stringValue()))
                .isEqualTo(payments.keys().serials())
                .hasSize(2)
                .endsWith(newest);
        String pem = pay.open(data.path(1).path("encrypt_certificate"));
        pay.wishedKey = newest;
        assertThat(PayClient.signs(PayClient.certified(pem), pay.send("GET", "/v3/certificates", "")))
                .isTrue();
        payments.keys().retire();
        assertThat(payments.keys().serials()).containsExactly(newest);
    }

    @Test
    void repeating_a_prepay_gives_a_fresh_id_and_changing_it_is_refused() throws IOException {
        String first = pay.prepay("order-1");
        assertThat(pay.prepay("order-1")).isNotEqualTo(first);
        String other = pay.prepayBody("order-1", "").replace("990", "991");
        pay.call(403, "POST", JSAPI, other);
        assertThat(pay.error("POST", JSAPI, other)).isEqualTo("OUT_TRADE_NO_USED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'description':'Tea'             | 'description':''                      | PARAM_ERROR
            'total':990                     | 'total':0                             | PARAM_ERROR
            'total':990                     | 'total':'990'                         | PARAM_ERROR
            'currency':'CNY'                | 'currency':'USD'                      | PARAM_ERROR
            'openid':'alice'                | 'openid':'nobody'                     | PARAM_ERROR
            'out_trade_no':'order-1'        | 'out_trade_no':'short'                | PARAM_ERROR
            'out_trade_no':'order-1'        | 'out_trade_no':'order 1 with blanks'  | PARAM_ERROR
            https://shop.example            | http://shop.example                   | PARAM_ERROR
            https://shop.example/notifications | https://shop.example/n?a=1         | PARAM_ERROR
            'appid':'wx0123456789abcdef'    | 'appid':'wxffffffffffffffff'          | APPID_MCHID_NOT_MATCH
            """, quoteCharacter = '"')
    void a_wrong_field_is_refused(String right, String wrong, String code) throws IOException {
        String body = pay.prepayBody("order-1", "");
        assertThat(body).contains(right);
        assertThat(pay.error("POST", JSAPI, body.replace(right, wrong))).isEqualTo(code);
        assertThat(payments.all()).isEmpty();
    }

    @Test
    void a_closed_order_is_closed_for_good() throws IOException {
        String prepayId = pay.prepay("order-1");
        pay.call(204, "POST", TRADE + "order-1/close", closeBody());
        pay.call(204, "POST", TRADE + "order-1/close", closeBody());
        assertThat(pay.query("order-1").path("trade_state").stringValue()).isEqualTo("CLOSED");
        assertThat(pay.error("POST", JSAPI, pay.prepayBody("order-1", ""))).isEqualTo("ORDER_CLOSED");
        assertThatThrownBy(() -> payments.pay(prepayId)).hasMessage("This order is closed.");
        assertThat(pay.error("POST", TRADE + "order-2/close", closeBody())).isEqualTo("ORDER_NOT_EXIST");
    }

    @Test
    void a_prepay_id_lives_for_2_hours_and_an_order_until_it_expires() throws IOException {
        String old = pay.prepay("order-1");
        String expiry = pay.now.plusSeconds(9000).toString();
        String expiring = pay.call(200, "POST", JSAPI, pay.prepayBody("order-2", ",'time_expire':'" + expiry + "'"))
                .path("prepay_id")
                .stringValue();
        pay.control().advance(Duration.ofMinutes(121));
        assertThatThrownBy(() -> payments.pay(old)).hasMessageContaining("older than 2 hours");
        payments.pay(pay.prepay("order-1"));
        assertThat(payments.trade("order-1").orElseThrow().state()).isEqualTo(TradeState.SUCCESS);
        pay.control().advance(Duration.ofHours(1));
        assertThatThrownBy(() -> payments.pay(expiring)).hasMessageContaining("older than 2 hours");
        String fresh = pay.call(200, "POST", JSAPI, pay.prepayBody("order-2", ",'time_expire':'" + expiry + "'"))
                .path("prepay_id")
                .stringValue();
        assertThatThrownBy(() -> payments.pay(fresh)).hasMessage("The time to pay this order is over.");
    }

    @Test
    void a_phone_refuses_what_the_merchant_did_not_sign() throws IOException {
        Payments.PayRequest right = pay.payRequest(pay.prepay("order-1"));
        Payments.PayRequest other = new Payments.PayRequest(
                right.appId(), "1700000001", right.nonceStr(), right.packageText(), "RSA", right.paySign());
        assertThatThrownBy(() -> payments.pay(other)).hasMessageContaining("paySign");
        payments.pay(right);
        assertThatThrownBy(() -> payments.pay(right)).hasMessage("This order is paid already.");
    }

    @Test
    void a_refund_is_accepted_first_and_comes_to_its_end_later() throws IOException {
        payments.refundsTake(Duration.ofHours(1));
        pay("order-1");
        JsonNode accepted = pay.call(200, "POST", REFUNDS, pay.refundBody("order-1", "r-1", 400, ""));
        assertThat(accepted.path("status").stringValue()).isEqualTo("PROCESSING");
        assertThat(pay.call(200, "POST", REFUNDS, pay.refundBody("order-1", "r-1", 400, "")))
                .isEqualTo(accepted);
        assertThat(pay.query("order-1").path("trade_state").stringValue()).isEqualTo("REFUND");
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-1", "r-2", 100, "")))
                .isEqualTo("FREQUENCY_LIMITED");
        pay.control().advance(Duration.ofMinutes(1));
        payments.refundsTake(Duration.ZERO);
        pay.call(200, "POST", REFUNDS, pay.refundBody("order-1", "r-2", 590, ""));
        String ended = "";
        for (int i = 0; i < 200 && !ended.equals("SUCCESS"); i++) {
            ended = pay.call(200, "GET", REFUNDS + "/r-2", "").path("status").stringValue();
        }
        assertThat(ended).isEqualTo("SUCCESS");
    }

    @Test
    void a_refund_that_cannot_be_is_refused() throws IOException {
        pay.prepay("order-1");
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-1", "r-1", 100, "")))
                .isEqualTo("RESOURCE_NOT_EXISTS");
        pay("order-2");
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-2", "r-1", 991, "")))
                .isEqualTo("PARAM_ERROR");
        payments.balance(99L);
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-2", "r-1", 100, "")))
                .isEqualTo("NOT_ENOUGH");
        payments.balance(null);
        payments.nextRefundEnds(Refund.Status.CLOSED);
        pay.call(200, "POST", REFUNDS, pay.refundBody("order-2", "r-1", 900, ""));
        pay.control().advance(Duration.ofMinutes(2));
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-2", "r-1", 800, "")))
                .isEqualTo("INVALID_REQUEST");
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-2", "r-2", 200, "")))
                .isEqualTo("INVALID_REQUEST");
        pay.control().advance(Duration.ofDays(366));
        assertThat(pay.error("POST", REFUNDS, pay.refundBody("order-2", "r-3", 10, "")))
                .isEqualTo("RULE_LIMIT");
    }

    @Test
    void faults_know_calls_by_their_templates() throws IOException {
        pay.prepay("order-1");
        pay.control()
                .inject(Fault.times(
                        1, TRADE + "{out_trade_no}", new Effect.Failure(429, "FREQUENCY_LIMITED", "Too fast")));
        HttpResponse<String> refused = pay.send("GET", TRADE + "order-1?mchid=" + pay.merchantId(), "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(PayClient.signs(pay.publicKey(), refused)).isTrue();
        assertThat(pay.query("order-1").path("trade_state").stringValue()).isEqualTo("NOTPAY");
        assertThat(pay.control().requests().count(TRADE + "{out_trade_no}")).isEqualTo(2);
    }

    @Test
    void what_there_is_not_is_refused() throws IOException {
        assertThat(pay.error("GET", "/v3/bill/fundflowbill", "")).isEqualTo("RESOURCE_NOT_EXISTS");
        assertThat(List.of(
                        pay.error("GET", TRADE + "order-1?mchid=" + pay.merchantId(), ""),
                        pay.error("GET", "/v3/pay/transactions/id/1?mchid=" + pay.merchantId(), ""),
                        pay.error("GET", REFUNDS + "/r-1", "")))
                .containsExactly("ORDER_NOT_EXIST", "ORDER_NOT_EXIST", "RESOURCE_NOT_EXISTS");
    }
}
