package io.miniplane.simulator.api;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * A call that was let in.
 *
 * @param appId the app that its access token speaks for
 * @param call the call itself
 */
record AppCall(String appId, Call call) {

    /** The body as a JSON object; refuses the call when it is empty or something else. */
    JsonNode json() {
        return call.json();
    }

    /** A text of the JSON body that may be absent, then empty; refuses the call with this code when it is no text. */
    static String optional(JsonNode body, String name, ErrCode otherwise) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.stringValueOpt().orElseThrow(() -> new Refusal(otherwise));
    }

    /** A text of at most so many characters; refuses the call with this code when it is absent, empty or longer. */
    static String text(JsonNode body, String name, int limit, ErrCode otherwise) {
        String value = Call.text(body, name, otherwise);
        if (value.codePointCount(0, value.length()) > limit) {
            throw new Refusal(otherwise);
        }
        return value;
    }

    /** A whole number from one limit to another; refuses the call with this code when it is absent or something else. */
    static int number(JsonNode body, String name, int least, int most, ErrCode otherwise) {
        JsonNode value = body.path(name);
        if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            throw new Refusal(otherwise);
        }
        return value.intValue();
    }
}
