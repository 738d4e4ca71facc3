package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.PushMessage;
import io.miniplane.simulator.world.SentMessages.SentMessage;
import io.miniplane.simulator.world.Template;
import io.miniplane.simulator.world.World;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends subscribe messages. */
public final class SubscribeApi implements ApiFamily {

    private static final Set<String> STATES = Set.of("", "developer", "trial", "formal");
    private static final Set<String> LANGUAGES = Set.of("", "zh_CN", "en_US", "zh_HK", "zh_TW");

    private final World world;
    private final Gate gate;

    /** Messages in this world. */
    public SubscribeApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/cgi-bin/message/subscribe/send", this::send);
    }

    private Reply send(AppCall call) {
        JsonNode body = call.json();
        String appId = call.appId();
        String openId = Call.text(body, "touser", ErrCode.INVALID_OPENID);
        if (world.users().find(openId).isEmpty()) {
            throw new Refusal(ErrCode.INVALID_OPENID);
        }
        Template template = world.templates()
                .find(appId, Call.text(body, "template_id", ErrCode.INVALID_TEMPLATE))
                .orElseThrow(() -> new Refusal(ErrCode.INVALID_TEMPLATE));
        checkWish(appId, body);
        checkValues(template, body.path("data"));
        if (!world.subscriptions().begin(appId, openId)) {
            throw new Refusal(ErrCode.CONCURRENT_SEND);
        }
        if (!world.subscriptions().use(appId, openId, template)) {
            world.subscriptions().end(appId, openId);
            throw new Refusal(ErrCode.SUBSCRIPTION_REFUSED);
        }
        SentMessage sent = world.sentMessages().add(world.clock().instant(), appId, openId, "subscribe", body);
        return Reply.ok(Json.ok().put("msgid", sent.id()))
                .before(() -> world.subscriptions().end(appId, openId))
                .after(() -> world.outlet().push(appId, arrived(sent, template)));
    }

    private void checkWish(String appId, JsonNode body) {
        if (world.subscriptions().isBanned(appId)) {
            throw new Refusal(ErrCode.SUBSCRIPTIONS_BANNED);
        }
        if (!world.pages().has(appId, AppCall.optional(body, "page", ErrCode.PAGE_UNKNOWN))) {
            throw new Refusal(ErrCode.PAGE_UNKNOWN);
        }
        if (!STATES.contains(AppCall.optional(body, "miniprogram_state", ErrCode.INVALID_ARGUMENTS))
                || !LANGUAGES.contains(AppCall.optional(body, "lang", ErrCode.INVALID_ARGUMENTS))) {
            throw new Refusal(ErrCode.INVALID_ARGUMENTS);
        }
    }

    private void checkValues(Template template, JsonNode data) {
        for (Template.Field field : template.fields()) {
            String value = data.path(field.key()).path("value").stringValue("");
            if (!field.accepts(value)) {
                throw new Refusal(ErrCode.INVALID_VALUE);
            }
            if (!world.contentRules().broken(value).isEmpty()) {
                throw new Refusal(ErrCode.SENSITIVE_WORD);
            }
        }
    }

    private ObjectNode arrived(SentMessage sent, Template template) {
        ObjectNode event =
                PushMessage.event(sent.appId(), sent.openId(), world.clock().instant(), "subscribe_msg_sent_event");
        event.putArray("List")
                .addObject()
                .put("TemplateId", template.id())
                .put("MsgID", Long.toString(sent.id()))
                .put("ErrorCode", "0")
                .put("ErrorStatus", "success");
        return event;
    }
}
