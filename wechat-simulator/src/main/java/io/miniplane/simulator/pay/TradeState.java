package io.miniplane.simulator.pay;

/** How far a payment is, by the names in WeChat's answers. */
public enum TradeState {
    /** Nobody paid yet. */
    NOTPAY("Unpaid"),
    /** The user is typing the password. */
    USERPAYING("Being paid"),
    /** The bank refused. */
    PAYERROR("Payment failed"),
    /** Paid. */
    SUCCESS("Paid"),
    /** Paid, and at least a part was or is being paid back. */
    REFUND("Refunded"),
    /** Closed before anybody paid. */
    CLOSED("Closed"),
    /** Taken back. */
    REVOKED("Revoked");

    private final String sentence;

    TradeState(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    boolean isPaid() {
        return this == SUCCESS || this == REFUND;
    }
}
