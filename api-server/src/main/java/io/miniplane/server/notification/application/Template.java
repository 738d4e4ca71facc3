package io.miniplane.server.notification.application;

import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.SubscribeMessages.Language;
import io.miniplane.server.wechat.SubscribeMessages.Message;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A template of the mini-program and what goes into it; texts name fields of the event in braces.
 *
 * @param id the template as the mini-program added it
 * @param page the page that a tap opens, with its query, or null for none
 * @param keywords what each keyword of the template says
 * @param version the version of the mini-program that a tap opens
 * @param language the language of what WeChat adds
 */
public record Template(
        String id, @Nullable String page, Map<String, String> keywords, AppVersion version, Language language) {

    /** Keeps the keywords as they are now. */
    public Template {
        keywords = Map.copyOf(keywords);
    }

    /** The message to a user; a {@link io.miniplane.server.wechat.WechatFailure.BadArgument} where a value breaks a rule of its keyword. */
    Message message(String openId, Wording wording) {
        Map<String, String> data = keywords.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, keyword -> wording.fill(keyword.getValue())));
        return new Message(openId, id, data, page == null ? null : wording.fill(page), version, language);
    }
}
