package io.miniplane.simulator.world;

import tools.jackson.databind.node.ObjectNode;

/** Where WeChat leaves the messages and events that it pushes to the server of an app. */
@FunctionalInterface
public interface PushOutlet {

    /** An outlet of a WeChat that pushes nothing. */
    PushOutlet NONE = (appId, message) -> {};

    /**
     * Takes a message and returns at once; the delivery comes later.
     *
     * @param appId the app whose server gets it
     * @param message the message with the names of the XML form: {@code ToUserName}, {@code MsgType} and so on
     */
    void push(String appId, ObjectNode message);
}
