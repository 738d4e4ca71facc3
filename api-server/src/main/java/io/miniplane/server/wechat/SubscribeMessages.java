package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sends the messages that users subscribed to. */
public interface SubscribeMessages {

    /**
     * Sends one message. It is never sent twice: after a failure that leaves open whether it was sent it is the caller's to decide.
     *
     * @return nothing, or a {@link WechatFailure}: {@link WechatFailure.SubscriptionRefused} when the user granted no message of the template
     */
    Mono<Void> send(Message message);

    /** The language of what WeChat adds to a message. */
    enum Language {
        /** Simplified Chinese. */
        ZH_CN,
        /** English. */
        EN_US,
        /** Traditional Chinese of Hong Kong. */
        ZH_HK,
        /** Traditional Chinese of Taiwan. */
        ZH_TW
    }

    /**
     * A message.
     *
     * @param openId who gets it
     * @param templateId the template as this app added it
     * @param data the keywords of the template, such as {@code thing1}, with their values
     * @param page the page that a tap opens, with its query, or null for none
     * @param version the version of the mini-program that a tap opens
     * @param language the language of what WeChat adds
     */
    record Message(
            String openId,
            String templateId,
            Map<String, String> data,
            @Nullable String page,
            AppVersion version,
            Language language) {

        private static final int LONGEST_PAGE = 1024;

        /** @throws WechatFailure.BadArgument when a value breaks a rule, a keyword's own rule included */
        public Message {
            Rules.id("openId", openId);
            Rules.id("templateId", templateId);
            Rules.require(!data.isEmpty(), Reason.of("missing", "data"));
            data.forEach(Keyword::check);
            data = Map.copyOf(data);
            if (page != null) {
                Rules.text("page", page, LONGEST_PAGE);
            }
        }

        /** A message that opens nothing. */
        public static Message of(String openId, String templateId, Map<String, String> data) {
            return new Message(openId, templateId, data, null, AppVersion.RELEASE, Language.ZH_CN);
        }

        @Override
        public String toString() {
            return "Message[" + templateId + "]";
        }
    }
}
