package io.miniplane.server.gateway.application;

import io.miniplane.server.gateway.domain.Target;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import io.miniplane.server.platform.TokenBuckets;
import io.miniplane.server.wechat.OpenApi;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Calls WeChat for the container, which has neither token nor secret. */
public final class CallWechat {

    private static final ErrorCode FORBIDDEN = new ErrorCode(40310);
    private static final ErrorCode TOO_MANY_REQUESTS = new ErrorCode(42900);

    private final OpenApi wechat;
    private final OpenApiRules rules;
    private final TokenBuckets buckets;

    /** Within the rules. */
    public CallWechat(OpenApi wechat, OpenApiRules rules) {
        this.wechat = wechat;
        this.rules = rules;
        this.buckets = new TokenBuckets(
                rules.requests(), rules.per(), Math.max(1, rules.allow().size()));
    }

    /**
     * Lets a call in before its body is read.
     *
     * @throws Failure when the path is not on the list, or was called too often
     */
    public void admit(Target target) {
        if (!rules.allow().contains(target.path())) {
            throw new Failure(FORBIDDEN, Reason.of("not-allowed-of-wechat", target.path()));
        }
        Duration wait = buckets.take(target.path());
        if (!wait.isZero()) {
            throw new Failure(TOO_MANY_REQUESTS, wait, null);
        }
    }

    /** Whether the path is on the list. */
    public boolean allows(String path) {
        return rules.allow().contains(path);
    }

    /** What WeChat answers to a call that was let in; a {@link Failure} where it gives no answer. */
    public Mono<OpenApi.Answer> call(OpenApi.Call call) {
        return wechat.call(call);
    }
}
