package io.miniplane.server.gateway.web;

import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;

/** The line of a request on the port inside the pod: its fields stand beside the message. */
final class LocalLine extends MapMessage<LocalLine, Object> {

    private static final long serialVersionUID = 1L;

    /**
     * @param route a path that is open to the container, or {@code none}
     * @param elapsedMillis until the head of the answer
     */
    LocalLine(String method, String route, int status, double elapsedMillis) {
        super(Map.of("method", method, "route", route, "status", status, "elapsed_ms", elapsedMillis));
    }

    @Override
    public String getFormattedMessage() {
        return "local request";
    }

    @Override
    public void formatTo(StringBuilder text) {
        text.append("local request");
    }

    @Override
    public LocalLine newInstance(Map<String, Object> fields) {
        return new LocalLine(fields);
    }

    private LocalLine(Map<String, Object> fields) {
        super(fields);
    }
}
