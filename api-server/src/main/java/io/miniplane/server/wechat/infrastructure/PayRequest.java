package io.miniplane.server.wechat.infrastructure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * One call of WeChat Pay.
 *
 * @param api how logs, metrics and traces name it
 * @param method GET or POST
 * @param path path and query as they are sent and signed
 * @param fields the JSON body, or null for a GET
 */
record PayRequest(
        String api,
        HttpMethod method,
        String path,
        @Nullable Map<String, ?> fields) {

    static PayRequest get(String api, String path) {
        return new PayRequest(api, HttpMethod.GET, path, null);
    }

    static PayRequest post(String api, String path, Map<String, ?> fields) {
        return new PayRequest(api, HttpMethod.POST, path, fields);
    }

    /** How it is told: the path names payments. */
    CallObservations.Named named() {
        return new CallObservations.Named(api, method, api);
    }

    /** Without values: they name the payer. */
    @Override
    public String toString() {
        return "PayRequest[" + api + "]";
    }
}
