package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.ContentRules;
import io.miniplane.simulator.world.ContentRules.ContentRule;
import io.miniplane.simulator.world.ContentRules.Judgement;
import io.miniplane.simulator.world.PushMessage;
import io.miniplane.simulator.world.RandomText;
import io.miniplane.simulator.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks texts at once, and media some time later by a push. */
public final class ContentApi implements ApiFamily {

    private static final Duration ACTIVE = Duration.ofHours(2);
    private static final int LONGEST_TEXT = 2500;
    private static final int SCENES = 4;
    private static final int VERSION = 2;
    private static final int DOWNLOAD_FAILED = -1008;
    private static final int CONFIDENCE = 90;

    private final World world;
    private final Gate gate;

    /** Checks with the rules of this world. */
    public ContentApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/wxa/msg_sec_check", this::text);
        gate.post(routes, "/wxa/media_check_async", this::media);
    }

    private Reply text(AppCall call) {
        JsonNode body = call.json();
        String content = AppCall.text(body, "content", LONGEST_TEXT, ErrCode.INVALID_ARGUMENTS);
        checkSender(call, body);
        List<ContentRule> broken = world.contentRules().broken(content + "\n" + beside(body)).stream()
                .filter(rule -> rule.judgement() != Judgement.UNREACHABLE)
                .toList();
        return Reply.ok(judge(Json.ok().put("trace_id", traceId()), broken));
    }

    private static String beside(JsonNode body) {
        return String.join(
                "\n",
                AppCall.optional(body, "title", ErrCode.INVALID_ARGUMENTS),
                AppCall.optional(body, "nickname", ErrCode.INVALID_ARGUMENTS),
                AppCall.optional(body, "signature", ErrCode.INVALID_ARGUMENTS));
    }

    private Reply media(AppCall call) {
        JsonNode body = call.json();
        String url = Call.text(body, "media_url", ErrCode.INVALID_ARGUMENTS);
        AppCall.number(body, "media_type", 1, 2, ErrCode.INVALID_MEDIA_TYPE);
        if (!isWebAddress(url)) {
            throw new Refusal(ErrCode.UNUSABLE_MEDIA);
        }
        String openId = checkSender(call, body);
        String traceId = traceId();
        return Reply.ok(Json.ok().put("trace_id", traceId)).after(() -> tellLater(call.appId(), openId, traceId, url));
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private void tellLater(String appId, String openId, String traceId, String url) {
        List<ContentRule> broken = world.contentRules().broken(url);
        boolean unreachable = broken.stream().anyMatch(rule -> rule.judgement() == Judgement.UNREACHABLE);
        ObjectNode event = PushMessage.event(appId, openId, world.clock().instant(), "wxa_media_check")
                .put("appid", appId)
                .put("trace_id", traceId)
                .put("version", VERSION);
        judge(event, unreachable ? List.of() : broken)
                .put("errcode", unreachable ? DOWNLOAD_FAILED : 0)
                .put("errmsg", unreachable ? "download failed" : "ok");
        world.outlet().push(appId, event);
    }

    /** The openid of a user who was in the app of late. */
    private String checkSender(AppCall call, JsonNode body) {
        AppCall.number(body, "version", VERSION, VERSION, ErrCode.INVALID_ARGUMENTS);
        AppCall.number(body, "scene", 1, SCENES, ErrCode.INVALID_SCENE);
        return Credentials.activeUser(world, call.appId(), body, ACTIVE).openId();
    }

    private static ObjectNode judge(ObjectNode reply, List<ContentRule> broken) {
        Optional<ContentRule> hardest = ContentRules.hardest(broken);
        reply.set("result", verdict(hardest));
        ArrayNode detail = reply.putArray("detail");
        detail.add(verdict(hardest)
                .put("strategy", "content_model")
                .put("errcode", 0)
                .put("prob", CONFIDENCE));
        for (ContentRule rule : broken) {
            detail.add(verdict(Optional.of(rule))
                    .put("strategy", "keyword")
                    .put("errcode", 0)
                    .put("level", CONFIDENCE)
                    .put("keyword", rule.word()));
        }
        return reply;
    }

    private static ObjectNode verdict(Optional<ContentRule> rule) {
        return Json.object()
                .put(
                        "suggest",
                        rule.map(ContentRule::judgement).orElse(Judgement.PASS).word())
                .put("label", rule.map(ContentRule::label).orElse(ContentRules.HARMLESS));
    }

    private static String traceId() {
        return RandomText.hexWord() + "-" + RandomText.hexWord() + "-" + RandomText.hexWord();
    }
}
