package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PayFailure;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What WeChat Pay's error codes mean. They are spelt with and without underscores, as the page has it. */
final class PayCodes {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 64;

    private PayCodes() {}

    /** What a reply that is no success fails with. Its body is not signed and believed no further than that. */
    static PayFailure failure(PayReply reply) {
        int status = reply.status();
        String code = code(reply.body());
        if (status >= 500 || status == 202) {
            return PayHttp.unavailable("WeChat Pay answered HTTP " + status, code);
        }
        if (status < 400) {
            return new PayFailure.Unintelligible("WeChat Pay answered HTTP " + status);
        }
        return switch (code.replace("_", "").toUpperCase(Locale.ROOT)) {
            case "ORDERNOTEXIST", "RESOURCENOTEXISTS" -> new PayFailure.NotThere(code);
            case "ORDERCLOSED" -> new PayFailure.Closed(code);
            case "ORDERPAID" -> new PayFailure.AlreadyPaid(code);
            case "OUTTRADENOUSED" -> new PayFailure.NumberTaken(code);
            case "NOTENOUGH" -> new PayFailure.NotEnough(code);
            case "FREQUENCYLIMITED", "FREQUENCYLIMIT", "RATELIMITEXCEEDED" -> new PayFailure.TooMany(code);
            case "SYSTEMERROR", "SERVICEUNAVAILABLE" -> PayHttp.unavailable("WeChat Pay is busy", code);
            default -> status == 429 ? new PayFailure.TooMany(code) : new PayFailure.Refused(code);
        };
    }

    private static String code(byte[] body) {
        try {
            String code = JSON.readTree(body).path("code").asString("");
            return code.matches("[A-Za-z_]{1," + LONGEST + "}") ? code : "no code";
        } catch (JacksonException noJson) {
            return "no code";
        }
    }
}
