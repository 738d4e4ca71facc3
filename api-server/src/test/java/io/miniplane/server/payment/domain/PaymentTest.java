package io.miniplane.server.payment.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.payment.domain.Payment.State;
import io.miniplane.server.payment.domain.Payment.Step;
import io.miniplane.server.payment.domain.PaymentNews.MoneyCame;
import io.miniplane.server.platform.Fen;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentTest {

    private static final PaymentId ID = new PaymentId(UUID.fromString("019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f"));
    private static final Instant WHEN = Instant.parse("2026-11-24T08:00:00Z");

    private static Payment payment(State state, @Nullable String transaction) {
        return new Payment(ID, new Fen(2500), state, transaction);
    }

    private static MoneyCame money(String transaction, long amount, String currency) {
        return new MoneyCame(ID, transaction, amount, currency, WHEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "CLOSED"})
    void whatWasAskedForPaysEvenIfThePaymentWasClosedMeanwhile(State state) {
        assertThat(payment(state, null).step(money("42", 2500, "CNY"))).isEqualTo(new Step.Pay("42", WHEN));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAID", "DISPUTED"})
    void theSameMoneyAgainChangesNothing(State state) {
        assertThat(payment(state, "42").step(money("42", 2500, "CNY"))).isEqualTo(new Step.Stay());
    }

    @ParameterizedTest
    @EnumSource(names = {"PAID", "DISPUTED"})
    void otherMoneyForThePaymentIsLeftToPeople(State state) {
        assertThat(payment(state, "42").step(money("43", 2500, "CNY"))).isInstanceOf(Step.Dispute.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2499, 2501, -2500, Long.MAX_VALUE})
    void anotherAmountNeverPays(long amount) {
        assertThat(payment(State.OPEN, null).step(money("42", amount, "CNY"))).isInstanceOf(Step.Dispute.class);
    }

    @Test
    void anotherCurrencyNeverPays() {
        assertThat(payment(State.OPEN, null).step(money("42", 2500, "JPY"))).isInstanceOf(Step.Dispute.class);
    }

    @Test
    void theNumberIsTheIdWithoutHyphensAndBack() {
        assertThat(ID.number()).isEqualTo("019a1b2c7a1b7c3d9e0f1a2b3c4d5e6f");
        assertThat(PaymentId.ofNumber(ID.number())).contains(ID);
        RefundId refund = new RefundId(UUID.fromString("ffffffff-ffff-ffff-8000-000000000000"));
        assertThat(RefundId.ofNumber(refund.number())).contains(refund);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "019a1b2c",
                "019A1B2C7A1B7C3D9E0F1A2B3C4D5E6F",
                "019a1b2c-7a1b-7c3d-9e0f-1a2b3c4d5e6f",
                "g19a1b2c7a1b7c3d9e0f1a2b3c4d5e6f"
            })
    void anotherNumberIsNoneOfOurs(String number) {
        assertThat(PaymentId.ofNumber(number)).isEmpty();
        assertThat(RefundId.ofNumber(number)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, PROCESSING, true",
        "REQUESTED, DONE, true",
        "PROCESSING, REQUESTED, false",
        "PROCESSING, PROCESSING, false",
        "PROCESSING, STUCK, true",
        "STUCK, PROCESSING, false",
        "STUCK, DONE, true",
        "STUCK, FAILED, true",
        "DONE, FAILED, false",
        "FAILED, DONE, false",
        "DONE, DONE, false"
    })
    void refundsGoOnButNeverBack(Refund.State from, Refund.State to, boolean goesOn) {
        Refund refund = new Refund(
                new RefundId(ID.value()), ID, new Fen(2500), new Refund.Details(new Fen(100), null), from, WHEN);
        assertThat(refund.goesOnTo(to)).isEqualTo(goesOn);
    }
}
