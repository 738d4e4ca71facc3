package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ends the handling of a call of WeChat Pay with an error. */
final class PayRefusal extends RuntimeException {

    private final PayCode code;
    private final transient @Nullable JsonNode detail;

    PayRefusal(PayCode code, String message) {
        this(code, message, null);
    }

    PayRefusal(PayCode code, String message, @Nullable JsonNode detail) {
        super(message, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    Reply reply() {
        ObjectNode body = Json.object().put("code", code.name()).put("message", getMessage());
        if (detail != null) {
            body.set("detail", detail);
        }
        return new Reply(code.status(), code.name(), body.toString());
    }
}
