package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.ControlRoutes.done;
import static io.miniplane.simulator.control.Orders.required;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.SentMessages.SentMessage;
import io.miniplane.simulator.world.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions and messages over HTTP. */
final class MessageControlApi implements ControlFamily {

    private final MessageControl control;

    MessageControlApi(MessageControl control) {
        this.control = control;
    }

    record NewField(
            @Nullable String key,
            @Nullable String name,
            @Nullable String example,
            @Nullable List<String> choices) {

        Template.Field field() {
            String field = required(key, "key");
            return new Template.Field(
                    field,
                    name == null ? field : name,
                    example == null ? "" : example,
                    choices == null ? List.of() : choices);
        }
    }

    record NewTemplate(
            @Nullable String appId,
            @Nullable String title,
            @Nullable Boolean longTerm,
            @Nullable List<NewField> fields) {

        Template template(String id) {
            return new Template(
                    id,
                    title == null ? id : title,
                    Boolean.TRUE.equals(longTerm),
                    required(fields, "fields").stream().map(NewField::field).toList());
        }
    }

    record Choice(
            @Nullable String appId,
            @Nullable String openId,
            @Nullable String templateId,
            @Nullable String choice) {}

    record Ban(@Nullable String appId, @Nullable Boolean banned) {}

    record Writing(@Nullable String appId, @Nullable String openId) {}

    @Override
    public void register(ControlRoutes routes) {
        routes.put(
                "/_control/templates/{templateId}",
                "templateId",
                NewTemplate.class,
                (id, order) -> done(() -> control.putTemplate(required(order.appId(), "appId"), order.template(id))));
        routes.post("/_control/subscriptions", Choice.class, this::choose);
        routes.put(
                "/_control/subscriptions/ban",
                Ban.class,
                order -> done(() -> control.ban(required(order.appId(), "appId"), required(order.banned(), "banned"))));
        routes.post(
                "/_control/user-messages",
                Writing.class,
                order -> done(
                        () -> control.write(required(order.appId(), "appId"), required(order.openId(), "openId"))));
        routes.get("/_control/sent-messages", this::sent);
        routes.delete("/_control/sent-messages", control::clearSent);
    }

    private JsonNode choose(Choice order) {
        String appId = required(order.appId(), "appId");
        String openId = required(order.openId(), "openId");
        String templateId = required(order.templateId(), "templateId");
        return switch (order.choice() == null ? "accept" : order.choice()) {
            case "accept" -> Json.object().put("left", control.accept(appId, openId, templateId));
            case "refuse" -> done(() -> control.refuse(appId, openId, templateId));
            case "revoke" -> done(() -> control.revoke(appId, openId, templateId));
            default -> throw new IllegalArgumentException("The \"choice\" of a user is accept, refuse or revoke.");
        };
    }

    private JsonNode sent(Call call) {
        String appId = call.query().getOrDefault("appId", "");
        String openId = call.query().getOrDefault("openId", "");
        ObjectNode reply = Json.object();
        ArrayNode messages = reply.putArray("messages");
        for (SentMessage message : control.sent()) {
            if ((appId.isEmpty() || appId.equals(message.appId()))
                    && (openId.isEmpty() || openId.equals(message.openId()))) {
                messages.addObject()
                        .put("id", message.id())
                        .put("at", message.at().toString())
                        .put("appId", message.appId())
                        .put("openId", message.openId())
                        .put("kind", message.kind())
                        .set("content", message.content());
            }
        }
        return reply;
    }
}
