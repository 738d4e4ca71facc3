package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.CustomerMessages;
import io.miniplane.server.wechat.WechatFailure;
import reactor.core.publisher.Mono;

/** Answers users by WeChat's {@code custom/send}. */
final class CustomerMessageClient implements CustomerMessages {

    private final AuthorisedCalls calls;

    CustomerMessageClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Void> send(String openId, Content content) {
        Fields body =
                switch (content) {
                    case Text(var text) -> message(openId, "text", Fields.with("content", text));
                    case Image(var mediaId) -> message(openId, "image", Fields.with("media_id", mediaId));
                    case Link link ->
                        message(
                                openId,
                                "link",
                                Fields.with("title", link.title())
                                        .and("description", link.description())
                                        .and("url", link.url())
                                        .and("thumb_url", link.thumbnailUrl()));
                    case PageCard card ->
                        message(
                                openId,
                                "miniprogrampage",
                                Fields.with("title", card.title())
                                        .and("pagepath", card.page())
                                        .and("thumb_media_id", card.thumbnailMediaId()));
                };
        return calls.send(
                        WechatCall.post(Endpoint.CUSTOM_SEND, body.map(), CustomerMessageClient::failure),
                        reply -> true)
                .then();
    }

    private static Fields message(String openId, String type, Fields content) {
        return Fields.with("touser", openId).and("msgtype", type).and(type, content);
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            // The user wrote more than 48 h ago, or got as many answers as WeChat allows until they write again.
            case 45015, 45047 -> new WechatFailure.UserInactive(errcode);
            case 40007, 45002 -> new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
