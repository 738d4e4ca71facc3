package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.world.World;
import java.util.regex.Pattern;

/** Reads and checks what a merchant asks to be paid for. */
final class PrepayForm {

    private static final Pattern TRADE_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{6,32}");
    private static final int LONGEST_APP_ID = 32;
    private static final int LONGEST_DESCRIPTION = 127;
    private static final int LONGEST_ATTACH = 128;
    private static final int LONGEST_URL = 255;
    private static final int LONGEST_OPEN_ID = 128;

    private PrepayForm() {}

    static Prepay read(World world, Merchant merchant, Call call) {
        Fields body = Fields.of(call);
        requireMerchant(body, merchant);
        Fields amount = body.within("amount");
        requireCny(amount);
        Prepay prepay = new Prepay(
                body.text("appid", LONGEST_APP_ID),
                merchant.id(),
                body.text("out_trade_no", TRADE_NO),
                body.text("description", LONGEST_DESCRIPTION),
                amount.fen("total"),
                body.within("payer").text("openid", LONGEST_OPEN_ID),
                body.callback("notify_url", LONGEST_URL).orElseThrow(() -> body.wrong("notify_url", "is missing")),
                body.optional("attach", LONGEST_ATTACH),
                body.time("time_expire").orElse(null));
        requireKnown(world, prepay, body);
        return prepay;
    }

    static void requireMerchant(Fields body, Merchant merchant) {
        if (!body.text("mchid", LONGEST_APP_ID).equals(merchant.id())) {
            throw body.wrong("mchid", "is not the merchant who signed the call");
        }
    }

    static void requireCny(Fields amount) {
        if (amount.has("currency") && !amount.text("currency", LONGEST_APP_ID).equals("CNY")) {
            throw amount.wrong("currency", "is not CNY");
        }
    }

    private static void requireKnown(World world, Prepay prepay, Fields body) {
        if (!world.apps().knows(prepay.appId())) {
            throw new PayRefusal(PayCode.APPID_MCHID_NOT_MATCH, "The appid is not bound to this merchant");
        }
        if (world.users().find(prepay.openId()).isEmpty()) {
            throw body.within("payer").wrong("openid", "belongs to no user of this app");
        }
    }
}
