package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One call of WeChat's API.
 *
 * @param api how logs, metrics and traces name it
 * @param group what it fails together with
 * @param path the path, without query
 * @param query the query parameters, not encoded
 * @param body the JSON body of a POST, or null for a GET
 * @param refusals what WeChat's error numbers mean for this call
 */
record WechatCall(
        String api,
        CallGroup group,
        String path,
        Map<String, String> query,
        @Nullable Map<String, ?> body,
        IntFunction<WechatFailure> refusals) {

    static WechatCall get(
            String api, CallGroup group, String path, Map<String, String> query, IntFunction<WechatFailure> refusals) {
        return new WechatCall(api, group, path, query, null, refusals);
    }

    /** Without values: they are secrets, codes and tokens. */
    @Override
    public String toString() {
        return "WechatCall[" + api + "]";
    }
}
