package io.miniplane.server.wechat;

import reactor.core.publisher.Mono;

/** Exchanges the code of {@code wx.login} for who it stands for. */
public interface WechatLogin {

    /**
     * The session behind a login code. The code is sent once: after a failure that leaves open whether WeChat used it
     * up, the mini-program has to log in again.
     *
     * @param loginCode the code, good for one exchange within 5 minutes
     * @return the session, or a {@link WechatFailure} within 3.5 s
     */
    Mono<WechatSession> exchange(String loginCode);
}
