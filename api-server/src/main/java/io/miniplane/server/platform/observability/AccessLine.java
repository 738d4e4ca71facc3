package io.miniplane.server.platform.observability;

import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;

/** One line of the access log: its fields stand beside the message. */
final class AccessLine extends MapMessage<AccessLine, Object> {

    private static final long serialVersionUID = 1L;

    /**
     * @param route the pattern, never the path: a path may hold what must not be logged
     * @param elapsedMillis from the first byte of the request to the end of the answer
     */
    AccessLine(String method, String route, int status, double elapsedMillis) {
        super(Map.of("method", method, "route", route, "status", status, "elapsed_ms", elapsedMillis));
    }

    @Override
    public String getFormattedMessage() {
        return "request";
    }

    @Override
    public void formatTo(StringBuilder text) {
        text.append("request");
    }

    @Override
    public AccessLine newInstance(Map<String, Object> fields) {
        return new AccessLine(fields);
    }

    private AccessLine(Map<String, Object> fields) {
        super(fields);
    }
}
