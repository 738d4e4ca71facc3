package io.miniplane.server.platform.events;

import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;

/** One line for each attempt to handle an event: its fields stand beside the message. */
final class EventLine extends MapMessage<EventLine, Object> {

    private static final long serialVersionUID = 1L;

    /**
     * @param queue whose handler it was
     * @param type what had happened
     * @param outcome how the attempt came out
     * @param elapsedMillis how long it took
     */
    EventLine(String queue, String type, String outcome, double elapsedMillis) {
        super(Map.of("queue", queue, "type", type, "outcome", outcome, "elapsed_ms", elapsedMillis));
    }

    private EventLine(Map<String, Object> fields) {
        super(fields);
    }

    @Override
    public String getFormattedMessage() {
        return "event";
    }

    @Override
    public void formatTo(StringBuilder text) {
        text.append("event");
    }

    @Override
    public EventLine newInstance(Map<String, Object> fields) {
        return new EventLine(fields);
    }
}
