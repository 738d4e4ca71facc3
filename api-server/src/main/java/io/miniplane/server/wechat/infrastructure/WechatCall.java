package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * One call of WeChat's API.
 *
 * @param endpoint what is called
 * @param query the query parameters, not encoded
 * @param body the body of a POST, or null for a GET
 * @param refusals what WeChat's error numbers mean for this call
 * @param welcome error numbers that are no errors for this call; the reader sees them
 */
record WechatCall(
        Endpoint endpoint,
        Map<String, String> query,
        @Nullable CallBody body,
        IntFunction<WechatFailure> refusals,
        Set<Integer> welcome) {

    static WechatCall get(Endpoint endpoint, Map<String, String> query, IntFunction<WechatFailure> refusals) {
        return new WechatCall(endpoint, query, null, refusals, Set.of());
    }

    static WechatCall post(Endpoint endpoint, Map<String, ?> json, IntFunction<WechatFailure> refusals) {
        return post(endpoint, new CallBody.Json(json), refusals);
    }

    static WechatCall post(Endpoint endpoint, CallBody body, IntFunction<WechatFailure> refusals) {
        return new WechatCall(endpoint, Map.of(), body, refusals, Set.of());
    }

    /** The same call with one more query parameter. */
    WechatCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new WechatCall(endpoint, more, body, refusals, welcome);
    }

    /** The same call, to which these error numbers are no errors. */
    WechatCall welcoming(Set<Integer> errcodes) {
        return new WechatCall(endpoint, query, body, refusals, errcodes);
    }

    /** How logs, metrics and traces name it. */
    String api() {
        return endpoint.api();
    }

    /** How it is told. */
    CallObservations.Named named() {
        return new CallObservations.Named(api(), body == null ? HttpMethod.GET : HttpMethod.POST, endpoint.path());
    }

    /** Without values: they are secrets, codes and tokens. */
    @Override
    public String toString() {
        return "WechatCall[" + api() + "]";
    }
}
