package io.miniplane.simulator.http;

import tools.jackson.databind.JsonNode;

/**
 * What an endpoint answers.
 *
 * @param status the HTTP status; business errors of WeChat have 200
 * @param outcome how the log of requests names it: {@code ok}, an error code, or the kind of a fault
 * @param body the text of the answer
 */
public record Reply(int status, String outcome, String body) {

    /** Success. */
    public static Reply ok(JsonNode body) {
        return new Reply(200, "ok", body.toString());
    }

    /** An error by the simulator's rules. */
    static Reply refused(ErrCode code, String requestId) {
        return refused(code.code(), code.message(), requestId);
    }

    /** An error with any code. */
    static Reply refused(int code, String message, String requestId) {
        String errmsg = message + " rid: " + requestId;
        JsonNode body = Json.object().put("errcode", code).put("errmsg", errmsg);
        return new Reply(200, Integer.toString(code), body.toString());
    }
}
