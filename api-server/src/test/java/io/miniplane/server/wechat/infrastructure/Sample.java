package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.SessionKey;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One call as it ought to look on the wire, and what becomes of an answer.
 *
 * @param request the method, the query without access token in order of names, and the body; apart by spaces
 * @param answer what the caller gets, or null for nothing
 */
record Sample(
        Endpoint endpoint,
        Function<ScriptedWechat, Mono<?>> call,
        String request,
        String reply,
        @Nullable Object answer) {

    static final String OPEN_ID = "oSecretOpenId";
    static final String CODE = "aSecretCode";
    static final SessionKey KEY = new SessionKey("o0q0otL8aEzpcZL/FT9WsQ==");
    static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";
    static final OrderName.Trade TRADE = new OrderName.Trade("1900001", "shop-000001");

    static List<Sample> all() {
        return Stream.of(UserSamples.all(), MessageSamples.all(), LinkSamples.all(), ShippingSamples.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return endpoint.api();
    }
}
