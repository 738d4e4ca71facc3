package io.miniplane.simulator.http;

/** The content type that JSON answers of WeChat are sent with: the real servers use both. */
public final class ReplyFormat {

    private static final String CHARSET = "; charset=utf-8";

    private volatile String contentType = "application/json";

    /**
     * Chooses the content type.
     *
     * @throws IllegalArgumentException when it is neither {@code application/json} nor {@code text/plain}
     */
    public void use(String type) {
        if (!type.equals("application/json") && !type.equals("text/plain")) {
            throw new IllegalArgumentException("The content type is \"application/json\" or \"text/plain\".");
        }
        contentType = type;
    }

    String header() {
        return contentType + CHARSET;
    }
}
