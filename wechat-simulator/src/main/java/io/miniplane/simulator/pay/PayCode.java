package io.miniplane.simulator.pay;

/** The errors of WeChat Pay and the HTTP status of each. */
enum PayCode {
    PARAM_ERROR(400),
    INVALID_REQUEST(400),
    APPID_MCHID_NOT_MATCH(400),
    MCH_NOT_EXISTS(400),
    ORDER_CLOSED(400),
    SIGN_ERROR(401),
    OUT_TRADE_NO_USED(403),
    RULE_LIMIT(403),
    NOT_ENOUGH(403),
    ORDER_NOT_EXIST(404),
    RESOURCE_NOT_EXISTS(404),
    FREQUENCY_LIMITED(429);

    private final int status;

    PayCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
