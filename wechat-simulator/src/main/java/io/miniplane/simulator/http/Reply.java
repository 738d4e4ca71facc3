package io.miniplane.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an endpoint answers. */
public final class Reply {

    private final int status;
    private final String outcome;
    private final byte[] body;
    private final @Nullable String contentType;
    private final Map<String, String> headers;
    private final Runnable before;
    private final Runnable after;

    /**
     * An answer of text.
     *
     * @param status the HTTP status; business errors of WeChat have 200
     * @param outcome how the log of requests names it: {@code ok}, an error code, or the kind of a fault
     * @param body the text
     */
    public Reply(int status, String outcome, String body) {
        this(status, outcome, body.getBytes(StandardCharsets.UTF_8), null, Map.of(), Reply::nothing, Reply::nothing);
    }

    private Reply(
            int status,
            String outcome,
            byte[] body,
            @Nullable String contentType,
            Map<String, String> headers,
            Runnable before,
            Runnable after) {
        this.status = status;
        this.outcome = outcome;
        this.body = body;
        this.contentType = contentType;
        this.headers = headers;
        this.before = before;
        this.after = after;
    }

    /** Success. */
    public static Reply ok(JsonNode body) {
        return new Reply(200, "ok", body.toString());
    }

    /** Success that has nothing to tell. */
    public static Reply ok() {
        return ok(Json.ok());
    }

    /** A picture. */
    public static Reply image(byte[] image, String contentType) {
        return new Reply(200, "ok", image, contentType, Map.of(), Reply::nothing, Reply::nothing);
    }

    /** An error with any code. */
    static Reply refused(int code, String message, String requestId) {
        String errmsg = message + " rid: " + requestId;
        JsonNode body = Json.object().put("errcode", code).put("errmsg", errmsg);
        return new Reply(200, Integer.toString(code), body.toString());
    }

    /** An error of WeChat Pay. */
    public static Reply failed(int status, String code, String message) {
        return new Reply(
                status,
                code,
                Json.object().put("code", code).put("message", message).toString());
    }

    /** The same answer with another body and these headers. */
    public Reply sealed(String newBody, Map<String, String> newHeaders) {
        byte[] bytes = newBody.getBytes(StandardCharsets.UTF_8);
        return new Reply(status, outcome, bytes, contentType, Map.copyOf(newHeaders), before, after);
    }

    /** The same answer; this is run before it is written, or when it never will be. */
    public Reply before(Runnable action) {
        return new Reply(status, outcome, body, contentType, headers, action, after);
    }

    /** The same answer; this is run once it is written. */
    public Reply after(Runnable action) {
        return new Reply(status, outcome, body, contentType, headers, before, action);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** How the log of requests names it. */
    public String outcome() {
        return outcome;
    }

    /** Whether it is text and no picture. */
    public boolean isText() {
        return contentType == null;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    byte[] body() {
        return body;
    }

    String contentType(String otherwise) {
        return contentType == null ? otherwise : contentType;
    }

    Map<String, String> headers() {
        return headers;
    }

    void aboutToBeWritten() {
        before.run();
    }

    void written() {
        after.run();
    }

    private static void nothing() {}
}
