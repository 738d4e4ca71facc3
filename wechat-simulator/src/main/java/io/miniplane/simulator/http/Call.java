package io.miniplane.simulator.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call as an endpoint sees it.
 *
 * @param method the HTTP method in capitals
 * @param uri path and query as they were sent
 * @param path the path without query
 * @param query the query parameters, decoded; of repeated ones the first
 * @param headers the headers by their names in lower case
 * @param body the body as text, empty when there is none
 * @param clientAddress where it comes from
 */
public record Call(
        String method,
        String uri,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        String clientAddress) {

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

    /** A header, empty when it is absent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The same call with another query and body. */
    public Call with(Map<String, String> newQuery, String newBody) {
        return new Call(method, uri, path, newQuery, headers, newBody, clientAddress);
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

    /** The body as a JSON object, also when it is a form: every field of it becomes a list of texts. */
    public JsonNode jsonOrForm() {
        if (body.isBlank() || body.stripLeading().startsWith("{")) {
            return json();
        }
        ObjectNode form = Json.object();
        new QueryStringDecoder(body, false).parameters().forEach((name, values) -> put(form, name, values));
        return form;
    }

    private static void put(ObjectNode form, String name, List<String> values) {
        ArrayNode list = form.putArray(name.endsWith("[]") ? name.substring(0, name.length() - 2) : name);
        values.forEach(list::add);
    }

    /** A text of the JSON body; refuses the call with this code when it is absent, empty or no text. */
    public static String text(JsonNode body, String name, ErrCode otherwise) {
        String value = body.path(name).stringValue("");
        if (value.isEmpty()) {
            throw new Refusal(otherwise);
        }
        return value;
    }

    /** Tells nothing of the contents, which hold secrets and personal data. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
