package io.miniplane.server.wechat;

/** How an order that was paid with WeChat Pay is named. */
public sealed interface OrderName {

    /**
     * By the number of its payment.
     *
     * @param transactionId WeChat Pay's number of the payment
     */
    record Transaction(String transactionId) implements OrderName {

        private static final int LONGEST = 32;

        /** @throws WechatFailure.BadArgument when it cannot be such a number */
        public Transaction {
            Rules.text("transactionId", transactionId, LONGEST);
        }
    }

    /**
     * By the merchant's own number.
     *
     * @param merchantId WeChat Pay's number of the merchant
     * @param tradeNumber the merchant's number of the order, {@code out_trade_no}, 6 to 32 characters
     */
    record Trade(String merchantId, String tradeNumber) implements OrderName {

        private static final int LONGEST = 32;

        /** @throws WechatFailure.BadArgument when they cannot be such numbers */
        public Trade {
            Rules.text("merchantId", merchantId, LONGEST);
            Rules.text("tradeNumber", tradeNumber, LONGEST);
        }
    }
}
