package io.miniplane.server.wechat;

import reactor.core.publisher.Mono;

/** Exchanges the code of the phone number button for the number. */
public interface WechatPhone {

    /**
     * The phone number behind a code.
     *
     * @param phoneCode the code, good for one exchange within 5 minutes; it is not a login code
     * @param openId the user who pressed the button; WeChat refuses a code of somebody else
     * @return the number, or a {@link WechatFailure} within 3.5 s
     */
    Mono<PhoneNumber> exchange(String phoneCode, String openId);
}
