package io.miniplane.server.wechat;

import org.jspecify.annotations.Nullable;

/**
 * Who logged in, as WeChat knows them.
 *
 * @param openId the user within this mini-program
 * @param unionId the user across the apps of one Open Platform account, or null where none is bound
 * @param sessionKey the key of the user's newest WeChat session; the one before it is dead
 */
public record WechatSession(String openId, @Nullable String unionId, SessionKey sessionKey) {}
