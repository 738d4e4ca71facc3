package io.miniplane.server.wechat;

import reactor.core.publisher.Mono;

/** Learns the unionId of users who have just paid, whom WeChat then tells without their consent. */
public interface PaidUnionIds {

    /**
     * The unionId of who paid an order, within 5 minutes of the payment.
     *
     * @return the unionId, or a {@link WechatFailure}: {@link WechatFailure.NoUnionId} when the app is bound to no Open Platform account,
     *     {@link WechatFailure.NothingThere} when the order is not theirs or too old
     */
    Mono<String> of(String openId, OrderName order);
}
