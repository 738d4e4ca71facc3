package io.miniplane.simulator.world;

import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds what a {@link PushOutlet} takes. */
public final class PushMessage {

    private PushMessage() {}

    /** An event with what every event has. */
    public static ObjectNode event(String appId, String openId, Instant at, String name) {
        return message(appId, openId, at, "event").put("Event", name);
    }

    /** A message with what every message has. */
    public static ObjectNode message(String appId, String openId, Instant at, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ToUserName", originalId(appId))
                .put("FromUserName", openId)
                .put("CreateTime", at.getEpochSecond())
                .put("MsgType", type);
    }

    /** The original id of an app, which messages name instead of the appId. */
    public static String originalId(String appId) {
        return "gh_" + appId.substring(2, 14);
    }
}
