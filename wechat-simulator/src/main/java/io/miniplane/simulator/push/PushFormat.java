package io.miniplane.simulator.push;

/** The language of pushed messages. */
public enum PushFormat {
    JSON("application/json"),
    XML("text/xml");

    private final String contentType;

    PushFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }
}
