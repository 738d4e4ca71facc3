package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.WechatFailure;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Has content judged by WeChat's {@code msg_sec_check} and {@code media_check_async}, both of version 2. */
final class ContentClient implements ContentChecks {

    private static final int VERSION = 2;

    private final AuthorisedCalls calls;

    ContentClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Verdict> checkText(Text text) {
        Fields body = asked(text.openId(), text.scene())
                .and("content", text.content())
                .and("title", text.title())
                .and("nickname", text.nickname())
                .and("signature", text.signature());
        return calls.send(
                WechatCall.post(Endpoint.MSG_SEC_CHECK, body.map(), Errcodes::failure), ContentClient::verdict);
    }

    @Override
    public Mono<String> checkMedia(Media media) {
        Fields body = asked(media.openId(), media.scene())
                .and("media_url", media.url().toString())
                .and("media_type", media.type().number());
        return calls.send(
                WechatCall.post(Endpoint.MEDIA_CHECK_ASYNC, body.map(), ContentClient::mediaFailure),
                ContentClient::traceId);
    }

    private static Fields asked(String openId, Scene scene) {
        return Fields.with("version", VERSION).and("openid", openId).and("scene", scene.number());
    }

    private static WechatFailure mediaFailure(int errcode) {
        return switch (errcode) {
            case 40004, 87020 -> new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }

    private static Verdict verdict(JsonNode reply) {
        JsonNode result = reply.path("result");
        Suggestion suggestion =
                switch (result.path("suggest").asString("")) {
                    case "pass" -> Suggestion.PASS;
                    case "review" -> Suggestion.REVIEW;
                    case "risky" -> Suggestion.RISKY;
                    default ->
                        throw new WechatFailure.Unintelligible("WeChat's answer has no suggestion that is known");
                };
        return new Verdict(suggestion, Label.of(result.path("label").asInt(0)), traceId(reply));
    }

    private static String traceId(JsonNode reply) {
        return Answers.text(reply, "trace_id");
    }
}
