package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a merchant asks to pay back; of the two numbers of the order one may be empty. */
record RefundForm(
        String transactionId,
        String outTradeNo,
        String outRefundNo,
        long amount,
        long total,
        String reason,
        @Nullable URI notifyUrl) {

    private static final Pattern NUMBER = Pattern.compile("[0-9A-Za-z_\\-|*@]{1,64}");
    private static final int LONGEST_TRADE_NO = 32;
    private static final int LONGEST_REASON = 80;
    private static final int LONGEST_URL = 256;

    static RefundForm of(Call call) {
        Fields body = Fields.of(call);
        String transactionId = body.optional("transaction_id", LONGEST_TRADE_NO);
        String outTradeNo = body.optional("out_trade_no", LONGEST_TRADE_NO);
        if (transactionId.isEmpty() && outTradeNo.isEmpty()) {
            throw body.wrong("transaction_id", "is missing, and so is out_trade_no");
        }
        Fields amount = body.within("amount");
        PrepayForm.requireCny(amount);
        RefundForm form = new RefundForm(
                transactionId,
                outTradeNo,
                body.text("out_refund_no", NUMBER),
                amount.fen("refund"),
                amount.fen("total"),
                body.optional("reason", LONGEST_REASON),
                body.callback("notify_url", LONGEST_URL).orElse(null));
        if (form.reason.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            throw body.wrong("reason", "is longer than " + LONGEST_REASON + " bytes");
        }
        if (form.amount > form.total) {
            throw amount.wrong("refund", "is more than the total");
        }
        return form;
    }
}
