package io.miniplane.simulator.control;

import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.PushMessage;
import io.miniplane.simulator.world.SentMessages.SentMessage;
import io.miniplane.simulator.world.Template;
import io.miniplane.simulator.world.World;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Lets users subscribe to messages and write to apps, and shows what apps sent them. */
public final class MessageControl {

    private static final String POPUP = "subscribe_msg_popup_event";
    private static final String CHANGE = "subscribe_msg_change_event";

    private final World world;

    MessageControl(World world) {
        this.world = world;
    }

    /**
     * Gives an app a template, whatever it has.
     *
     * @throws IllegalArgumentException when the app is unknown
     */
    public void putTemplate(String appId, Template template) {
        Known.app(world, appId);
        world.templates().put(appId, template);
    }

    /**
     * Lets a user accept messages of a template: one message, or any number when it is a long-term one.
     *
     * @return how many messages the user accepts now
     * @throws IllegalArgumentException when the app, the user or the template is unknown
     */
    public int accept(String appId, String openId, String templateId) {
        check(appId, openId, templateId);
        world.subscriptions().accept(appId, openId, templateId);
        tell(appId, openId, templateId, POPUP, "accept");
        return world.subscriptions().left(appId, openId, templateId);
    }

    /**
     * Lets a user refuse messages of a template when asked; what was accepted before stays.
     *
     * @throws IllegalArgumentException when the app, the user or the template is unknown
     */
    public void refuse(String appId, String openId, String templateId) {
        check(appId, openId, templateId);
        tell(appId, openId, templateId, POPUP, "reject");
    }

    /**
     * Lets a user take every accept back in the settings.
     *
     * @throws IllegalArgumentException when the app, the user or the template is unknown
     */
    public void revoke(String appId, String openId, String templateId) {
        check(appId, openId, templateId);
        world.subscriptions().revoke(appId, openId, templateId);
        tell(appId, openId, templateId, CHANGE, "reject");
    }

    /** Takes the ability to send subscribe messages from an app, or gives it back. */
    public void ban(String appId, boolean banned) {
        Known.app(world, appId);
        world.subscriptions().ban(appId, banned);
    }

    /**
     * Lets a user write to an app, which may answer for 48 hours. This makes no push: push the message yourself.
     *
     * @throws IllegalArgumentException when the app or the user is unknown
     */
    public void write(String appId, String openId) {
        Known.app(world, appId);
        Known.user(world, openId);
        world.customerTalks().wrote(appId, openId);
        world.visits().add(appId, openId);
    }

    /** The messages that apps sent to users, oldest first. */
    public List<SentMessage> sent() {
        return world.sentMessages().all();
    }

    /** Forgets the messages so far. */
    public void clearSent() {
        world.sentMessages().clear();
    }

    private void check(String appId, String openId, String templateId) {
        Known.app(world, appId);
        Known.user(world, openId);
        if (world.templates().find(appId, templateId).isEmpty()) {
            throw new IllegalArgumentException(
                    "This app has no such template: give it one by PUT /_control/templates/{templateId}.");
        }
    }

    private void tell(String appId, String openId, String templateId, String name, String status) {
        world.visits().add(appId, openId);
        ObjectNode event = PushMessage.event(appId, openId, world.clock().instant(), name);
        event.putArray("List")
                .addObject()
                .put("TemplateId", templateId)
                .put("SubscribeStatusString", status)
                .put("PopupScene", "0");
        world.outlet().push(appId, event);
    }
}
