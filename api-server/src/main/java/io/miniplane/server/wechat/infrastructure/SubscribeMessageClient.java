package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.SubscribeMessages;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Sends messages by WeChat's {@code subscribe/send}. */
final class SubscribeMessageClient implements SubscribeMessages {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final AuthorisedCalls calls;

    SubscribeMessageClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Void> send(Message message) {
        Fields data = new Fields();
        message.data().forEach((keyword, value) -> data.and(keyword, Fields.with("value", value)));
        Fields body = Fields.with("touser", message.openId())
                .and("template_id", message.templateId())
                .and("page", message.page())
                .and("miniprogram_state", state(message))
                .and("lang", language(message.language()))
                .and("data", data);
        return calls.send(
                        WechatCall.post(Endpoint.SUBSCRIBE_SEND, body.map(), SubscribeMessageClient::failure),
                        reply -> true)
                .then();
    }

    private static String state(Message message) {
        return switch (message.version()) {
            case RELEASE -> "formal";
            case TRIAL -> "trial";
            case DEVELOP -> "developer";
        };
    }

    private static String language(Language language) {
        return switch (language) {
            case ZH_CN -> "zh_CN";
            case EN_US -> "en_US";
            case ZH_HK -> "zh_HK";
            case ZH_TW -> "zh_TW";
        };
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 43101 -> new WechatFailure.SubscriptionRefused(errcode);
            case 43107 -> new WechatFailure.NotAuthorised(errcode);
            case 43108 ->
                new WechatFailure.Unavailable("another message to the user is under way", errcode, SOON, true);
            case 45168 -> new WechatFailure.ContentRefused(errcode);
            case 40037 -> new WechatFailure.NothingThere(errcode, null);
            case 41030 -> new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
