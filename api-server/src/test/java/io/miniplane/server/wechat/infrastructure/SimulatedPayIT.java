package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.PayStage.failure;
import static io.miniplane.server.wechat.infrastructure.PayStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.MerchantPayments.Invitation;
import io.miniplane.server.wechat.MerchantPayments.Prepayment;
import io.miniplane.server.wechat.MerchantPayments.Refund;
import io.miniplane.server.wechat.MerchantPayments.RefundOrder;
import io.miniplane.server.wechat.MerchantPayments.Transaction;
import io.miniplane.server.wechat.PayFailure;
import io.miniplane.server.wechat.infrastructure.PayStage.Client;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.pay.AnswerFault;
import io.miniplane.simulator.pay.PayMode;
import io.miniplane.simulator.pay.Payments.PayRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against a WeChat Pay that verifies and signs everything. */
class SimulatedPayIT {

    private static final String PREPAY = "/v3/pay/transactions/jsapi";

    private final PayStage stage = new PayStage();
    private final Client client = stage.client(stage.settings(true));

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void aPaymentIsMadeByWhatTheMiniProgramGets() {
        Prepayment payment = stage.payment();
        Invitation invitation = result(client.payments().prepay(payment));
        stage.payments.pay(request(invitation));

        Transaction paid = result(client.payments().query(payment.number()));
        assertThat(paid.state()).isEqualTo(Transaction.State.SUCCESS);
        assertThat(paid.total()).isEqualTo(2500);
        assertThat(paid.currency()).isEqualTo("CNY");
        assertThat(paid.transactionId()).isNotBlank();
        assertThat(paid.paidAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(stage.calls("pay_prepay", "ok")).isEqualTo(1);
        assertThat(stage.calls("pay_query", "ok")).isEqualTo(1);
    }

    @Test
    void askedAgainThePaymentIsTheSameAndItsParametersAreFresh() {
        Prepayment payment = stage.payment();
        Invitation first = result(client.payments().prepay(payment));
        Invitation second = result(client.payments().prepay(payment));
        assertThat(second.packageValue()).isNotEqualTo(first.packageValue());
        assertThat(second.nonceStr()).isNotEqualTo(first.nonceStr());
        assertThat(stage.payments.all()).hasSize(1);
    }

    @Test
    void aPaymentThatNobodyMadeCanBeClosedAndThenNotMade() {
        Prepayment payment = stage.payment();
        result(client.payments().prepay(payment));
        assertThat(result(client.payments().query(payment.number())).state()).isEqualTo(Transaction.State.NOTPAY);
        result(client.payments().close(payment.number()).thenReturn(true));
        assertThat(result(client.payments().query(payment.number())).state()).isEqualTo(Transaction.State.CLOSED);
        assertThat(failure(client.payments().prepay(payment))).isInstanceOf(PayFailure.Closed.class);
    }

    @Test
    void refundsAreTheSameUnderTheSameNumber() {
        Prepayment payment = paid();
        RefundOrder order = new RefundOrder(payment.number(), "r1", "少发一件", 500, 2500);
        Refund first = result(client.payments().refund(order));
        Refund again = result(client.payments().refund(order));
        assertThat(again.refundId()).isEqualTo(first.refundId());
        assertThat(first.amount()).isEqualTo(500);
        assertThat(first.payment()).isEqualTo(payment.number());
        assertThat(result(client.payments().refundOf("r1")).refundId()).isEqualTo(first.refundId());
    }

    @Test
    void whatIsNotThereIsToldApart() {
        assertThat(failure(client.payments().query("019a1b2c7a1b7c3d9e0f1a2b3c4d5e6f")))
                .isInstanceOf(PayFailure.NotThere.class);
        assertThat(failure(client.payments().refundOf("r1"))).isInstanceOf(PayFailure.NotThere.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, PARAM_ERROR, refused",
        "400, ORDER_CLOSED, closed",
        "400, ORDERPAID, already_paid",
        "401, SIGN_ERROR, refused",
        "403, OUT_TRADE_NO_USED, number_taken",
        "403, NOT_ENOUGH, not_enough",
        "403, NOAUTH, refused",
        "404, ORDERNOTEXIST, not_there",
        "404, RESOURCE_NOT_EXISTS, not_there",
        "429, FREQUENCY_LIMITED, too_many",
        "429, ANYTHING, too_many"
    })
    void codesAreUnderstoodHoweverTheyAreSpelt(int status, String code, String outcome) {
        stage.simulator.control().inject(Fault.times(1, PREPAY, new Effect.Failure(status, code, "no")));
        PayFailure failure = failure(client.payments().prepay(stage.payment()));
        assertThat(failure.outcome()).isEqualTo(outcome);
        assertThat(failure.payCode()).isEqualTo(code);
        assertThat(stage.calls("pay_prepay", outcome)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"500, SYSTEM_ERROR", "503, SERVICE_UNAVAILABLE", "202, ACCEPTED", "400, SYSTEMERROR"})
    void whatIsBusyIsAskedAgainWithTheSameParameters(int status, String code) {
        stage.simulator.control().inject(Fault.times(2, PREPAY, new Effect.Failure(status, code, "busy")));
        assertThat(result(client.payments().prepay(stage.payment())).signType()).isEqualTo("RSA");
        assertThat(stage.simulator.control().requests().count(PREPAY)).isEqualTo(3);
    }

    @Test
    void anAnswerThatWasLostIsAskedForAgain() {
        stage.simulator.control().inject(Fault.times(1, PREPAY, new Effect.Disconnect(true)));
        assertThat(result(client.payments().prepay(stage.payment())).packageValue())
                .startsWith("prepay_id=");
        assertThat(stage.payments.all()).hasSize(1);
    }

    @Test
    void whileItIsDownCallsFailAndAreThenHeldBack() {
        stage.simulator.control().inject(Fault.always(PREPAY, new Effect.Failure(503, "SYSTEM_ERROR", "down")));
        for (int i = 0; i < 10; i++) {
            assertThat(failure(client.payments().prepay(stage.payment()))).isInstanceOf(PayFailure.Unavailable.class);
        }
        long before = stage.simulator.control().requests().count(PREPAY);
        assertThat(failure(client.payments().prepay(stage.payment())).getMessage())
                .contains("held back");
        assertThat(stage.simulator.control().requests().count(PREPAY)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(AnswerFault.class)
    void anAnswerThatWechatPayDidNotSignIsNotBelieved(AnswerFault fault) {
        stage.payments.disturbAnswer(fault);
        PayFailure failure = failure(client.payments().prepay(stage.payment()));
        assertThat(failure).isInstanceOf(PayFailure.Unsigned.class);
        assertThat(failure.getMessage())
                .doesNotContain(stage.payments.merchant().apiV3Key());
    }

    @Test
    void aMerchantWithCertificatesDownloadsThem() {
        stage.payments.keys().mode(PayMode.CERTIFICATE);
        Client certified = stage.client(stage.settings(false));
        assertThat(result(certified.payments().prepay(stage.payment())).signType())
                .isEqualTo("RSA");
        assertThat(stage.calls("pay_certificates", "ok")).isEqualTo(1);
    }

    @Test
    void certificatesChangeMidway() {
        stage.payments.keys().mode(PayMode.CERTIFICATE);
        Client certified = stage.client(stage.settings(false));
        result(certified.certificates().download().thenReturn(true));
        result(certified.payments().prepay(stage.payment()));
        stage.payments.keys().rotate();
        result(certified.payments().prepay(stage.payment()));
        result(certified.certificates().download().thenReturn(true));
        stage.payments.keys().retire();
        result(certified.payments().prepay(stage.payment()));
        assertThat(stage.calls("pay_prepay", "ok")).isEqualTo(3);
    }

    @Test
    void certificatesSealedForSomebodyElseAreNotBelieved() {
        stage.payments.keys().mode(PayMode.CERTIFICATE);
        PaySettings foreign = stage.settings(stage.simulator.baseUri().toString(), null, "0".repeat(32));
        assertThat(failure(stage.client(foreign).payments().prepay(stage.payment())))
                .isInstanceOf(PayFailure.Unsigned.class);
        assertThat(stage.calls("pay_certificates", "unsigned")).isEqualTo(1);
    }

    @Test
    void whileTheMerchantChangesBothKindsOfKeysAreBelieved() {
        stage.payments.keys().mode(PayMode.BOTH);
        result(client.payments().prepay(stage.payment()));
        Client certified = stage.client(stage.settings(false));
        result(certified.payments().prepay(stage.payment()));
    }

    @Test
    void nothingSecretIsSaidWhereNobodyAnswers() {
        PaySettings nowhere =
                stage.settings("http://127.0.0.1:9", stage.payments.keys().publicKeyPem(), "0".repeat(32));
        PayFailure failure = failure(stage.client(nowhere).payments().prepay(stage.payment()));
        assertThat(failure).isInstanceOf(PayFailure.Unavailable.class);
        assertThat(failure.retryAfter()).isPositive().isLessThan(Duration.ofMinutes(1));
        assertThat(WechatStage.everythingSaidBy(failure)).doesNotContain("127.0.0.1");
    }

    private Prepayment paid() {
        Prepayment payment = stage.payment();
        stage.payments.pay(request(result(client.payments().prepay(payment))));
        return payment;
    }

    private static PayRequest request(Invitation invitation) {
        return new PayRequest(
                WechatStage.APP,
                invitation.timeStamp(),
                invitation.nonceStr(),
                invitation.packageValue(),
                invitation.signType(),
                invitation.paySign());
    }
}
