package io.miniplane.server.wechat;

import reactor.core.publisher.Mono;

/** Exchanges the code of {@code wx.login} for who it stands for. */
public interface WechatLogin {

    /** The session behind a login code; a code serves once. */
    Mono<WechatSession> exchange(String loginCode);
}
