package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What this app has called so far, what it may call, and what WeChat remembers of one call. */
public interface ApiUsage {

    /**
     * How often a call was made today and may be made.
     *
     * @return the quota, or a {@link WechatFailure}: {@link WechatFailure.NothingThere} for a path that WeChat does not know
     */
    Mono<Quota> quota(ApiPath path);

    /** Sets the counts of today to zero, which WeChat allows 10 times a month. */
    Mono<Void> clear();

    /**
     * What WeChat remembers of a call, for 7 days.
     *
     * @param requestId the {@code rid} that stands in the message of a refusal
     */
    Mono<PastCall> call(String requestId);

    /**
     * How often a call may be made.
     *
     * @param dailyLimit times a day
     * @param used times today
     * @param remaining times left today
     * @param rate the limit of shorter times, or null where there is none
     */
    record Quota(
            long dailyLimit,
            long used,
            long remaining,
            @Nullable Rate rate) {}

    /**
     * A limit of a short time.
     *
     * @param calls how many calls
     * @param period in how long
     */
    record Rate(long calls, Duration period) {}

    /**
     * A call of the last days. It holds what was sent, personal data and tokens too.
     *
     * @param at when it came
     * @param cost how long it took
     * @param requestUrl its address
     * @param requestBody its body
     * @param responseBody the answer
     * @param clientIp where it came from
     */
    record PastCall(
            Instant at, Duration cost, String requestUrl, String requestBody, String responseBody, String clientIp) {

        @Override
        public String toString() {
            return "PastCall[redacted]";
        }
    }

    /**
     * Names a call.
     *
     * @param value its path without query, such as {@code /wxa/msg_sec_check}
     */
    record ApiPath(String value) {

        /** @throws WechatFailure.BadArgument when it is no path */
        public ApiPath {
            Rules.require(value.startsWith("/") && value.indexOf('?') < 0, Reason.of("not-an-api-path", "path"));
        }
    }
}
