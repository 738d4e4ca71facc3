/**
 * What buyers pay and get back through WeChat Pay. Every change of a payment goes through one idempotent use case, whoever tells of it: a notification,
 * a question asked because none came, or the answer to a refund. WeChat Pay wants to know the payer by openid, which {@code identity} keeps.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"platform", "platform::events", "platform::security", "order", "wechat", "identity"})
package io.miniplane.server.payment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
