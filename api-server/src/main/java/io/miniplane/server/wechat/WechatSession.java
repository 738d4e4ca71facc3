package io.miniplane.server.wechat;

import org.jspecify.annotations.Nullable;

/**
 * Who logged in, as WeChat knows them.
 *
 * @param openId the user within this mini-program
 * @param unionId the user across the apps of one Open Platform account, if bound
 * @param sessionKey the key of the user's WeChat session
 */
public record WechatSession(String openId, @Nullable String unionId, SessionKey sessionKey) {}
