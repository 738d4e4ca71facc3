package io.miniplane.server.wechat;

import java.time.Instant;

/** An order that is not shipped as usual. */
public sealed interface SpecialOrder {

    /** WeChat Pay's number of the payment, or the merchant's number of the order. */
    String number();

    /**
     * The goods come later.
     *
     * @param number the number of the order
     * @param until when they will be shipped at last
     */
    record Presale(String number, Instant until) implements SpecialOrder {

        /** @throws WechatFailure.BadArgument when it cannot be a number */
        public Presale {
            Rules.id("number", number);
        }
    }

    /**
     * The order was a trial, and nothing will be shipped.
     *
     * @param number the number of the order
     */
    record Trial(String number) implements SpecialOrder {

        /** @throws WechatFailure.BadArgument when it cannot be a number */
        public Trial {
            Rules.id("number", number);
        }
    }
}
