package io.miniplane.simulator.http;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A call as an endpoint sees it.
 *
 * @param method the HTTP method in capitals
 * @param path the path without query
 * @param query the query parameters, decoded; of repeated ones the first
 * @param body the body as text, empty when there is none
 */
public record Call(String method, String path, Map<String, String> query, String body) {

    /** Refuses every method but GET. */
    public void requireGet() {
        if (!method.equals("GET")) {
            throw new Refusal(ErrCode.GET_REQUIRED);
        }
    }

    /** Refuses every method but POST. */
    public void requirePost() {
        if (!method.equals("POST")) {
            throw new Refusal(ErrCode.POST_REQUIRED);
        }
    }

    /** A query parameter; refuses the call with this code when it is absent or empty. */
    public String query(String name, ErrCode otherwise) {
        String value = query.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new Refusal(otherwise);
        }
        return value;
    }

    /** The body as a JSON object; refuses the call when it is empty or something else. */
    public JsonNode json() {
        if (body.isBlank()) {
            throw new Refusal(ErrCode.EMPTY_BODY);
        }
        try {
            JsonNode tree = Json.parse(body);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException malformed) {
            // Falls through to the same refusal as a body that is JSON but no object.
        }
        throw new Refusal(ErrCode.UNPARSEABLE_BODY);
    }

    /** A text of the JSON body; refuses the call with this code when it is absent, empty or no text. */
    public static String text(JsonNode body, String name, ErrCode otherwise) {
        String value = body.path(name).stringValue("");
        if (value.isEmpty()) {
            throw new Refusal(otherwise);
        }
        return value;
    }
}
