package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.RandomText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Signs answers with the key that the request names. */
final class AnswerSigner {

    private static final String WISH = "Wechatpay-Serial";
    private static final int REQUEST_ID = 24;

    private final Payments payments;

    AnswerSigner(Payments payments) {
        this.payments = payments;
    }

    void requireKnownKey(Call call) {
        String wish = call.header(WISH);
        if (!wish.isEmpty() && payments.keys().named(wish).isEmpty()) {
            throw new PayRefusal(PayCode.PARAM_ERROR, "Wechatpay-Serial names no key of WeChat Pay");
        }
    }

    Reply signed(Call call, Reply reply) {
        PayKeys keys = payments.keys();
        PayKey key = keys.named(call.header(WISH)).orElseGet(keys::usual);
        Map<String, String> headers =
                new HashMap<>(payments.headers().of(key, reply.text(), Instant.now(), payments.nextAnswerFault()));
        headers.put("Request-ID", RandomText.letters(REQUEST_ID));
        return reply.sealed(reply.text(), headers);
    }
}
