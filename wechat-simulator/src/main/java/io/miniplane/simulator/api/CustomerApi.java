package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.World;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Answers users who wrote to the app. */
public final class CustomerApi implements ApiFamily {

    private static final int MOST_BYTES = 2048;

    private final World world;
    private final Gate gate;

    /** Talks in this world. */
    public CustomerApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/cgi-bin/message/custom/send", this::send);
    }

    private Reply send(AppCall call) {
        JsonNode body = call.json();
        String openId = Call.text(body, "touser", ErrCode.INVALID_OPENID);
        if (world.users().find(openId).isEmpty()) {
            throw new Refusal(ErrCode.INVALID_OPENID);
        }
        checkContent(body);
        return switch (world.customerTalks().answer(call.appId(), openId)) {
            case TOO_LATE -> throw new Refusal(ErrCode.OUT_OF_TIME);
            case TOO_MANY -> throw new Refusal(ErrCode.OUT_OF_COUNT);
            case ALLOWED -> {
                world.sentMessages().add(world.clock().instant(), call.appId(), openId, "customer", body);
                yield Reply.ok();
            }
        };
    }

    private static void checkContent(JsonNode body) {
        String type = Call.text(body, "msgtype", ErrCode.UNSUPPORTED_MESSAGE);
        JsonNode content = body.path(type);
        switch (type) {
            case "text" -> checkLength(Call.text(content, "content", ErrCode.INVALID_ARGUMENTS));
            case "image" -> Call.text(content, "media_id", ErrCode.INVALID_MEDIA_ID);
            case "link" -> {
                Call.text(content, "title", ErrCode.INVALID_ARGUMENTS);
                Call.text(content, "description", ErrCode.INVALID_ARGUMENTS);
                Call.text(content, "url", ErrCode.INVALID_LINK);
                Call.text(content, "thumb_url", ErrCode.INVALID_LINK);
            }
            case "miniprogrampage" -> {
                Call.text(content, "title", ErrCode.INVALID_ARGUMENTS);
                Call.text(content, "pagepath", ErrCode.INVALID_ARGUMENTS);
                Call.text(content, "thumb_media_id", ErrCode.INVALID_MEDIA_ID);
            }
            default -> throw new Refusal(ErrCode.UNSUPPORTED_MESSAGE);
        }
    }

    private static void checkLength(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new Refusal(ErrCode.MESSAGE_TOO_LONG);
        }
    }
}
