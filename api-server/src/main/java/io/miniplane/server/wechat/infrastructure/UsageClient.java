package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.ApiUsage;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Learns what the app has called by WeChat's {@code quota/get}, {@code clear_quota} and {@code rid/get}. */
final class UsageClient implements ApiUsage {

    private static final Duration NEXT_MONTH_IS_FAR = Duration.ofDays(1);

    private final AuthorisedCalls calls;
    private final String appId;

    UsageClient(AuthorisedCalls calls, String appId) {
        this.calls = calls;
        this.appId = appId;
    }

    @Override
    public Mono<Quota> quota(ApiPath path) {
        return calls.send(
                WechatCall.post(Endpoint.QUOTA_GET, Map.of("cgi_path", path.value()), UsageClient::failure),
                UsageClient::quota);
    }

    @Override
    public Mono<Void> clear() {
        return calls.send(
                        WechatCall.post(Endpoint.CLEAR_QUOTA, Map.of("appid", appId), UsageClient::failure),
                        reply -> true)
                .then();
    }

    @Override
    public Mono<PastCall> call(String requestId) {
        return calls.send(
                WechatCall.post(Endpoint.RID_GET, Map.of("rid", requestId), UsageClient::failure),
                reply -> pastCall(Answers.object(reply, "request")));
    }

    private static Quota quota(JsonNode reply) {
        JsonNode quota = Answers.object(reply, "quota");
        return new Quota(
                Answers.number(quota, "daily_limit"),
                Answers.number(quota, "used"),
                Answers.number(quota, "remain"),
                rate(reply.path("rate_limit")));
    }

    private static @Nullable Rate rate(JsonNode limit) {
        long calls = limit.path("call_count").asLong(0);
        return calls == 0 ? null : new Rate(calls, Duration.ofSeconds(Answers.number(limit, "refresh_second")));
    }

    private static PastCall pastCall(JsonNode request) {
        return new PastCall(
                Instant.ofEpochSecond(Answers.number(request, "invoke_time")),
                Duration.ofMillis(Answers.number(request, "cost_in_ms")),
                request.path("request_url").asString(""),
                request.path("request_body").asString(""),
                request.path("response_body").asString(""),
                request.path("client_ip").asString(""));
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 48006 -> new WechatFailure.QuotaUsedUp(errcode, NEXT_MONTH_IS_FAR);
            case 76001, 76002, 76003, 76004, 76021 -> new WechatFailure.NothingThere(errcode, null);
            case 76022 -> new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
