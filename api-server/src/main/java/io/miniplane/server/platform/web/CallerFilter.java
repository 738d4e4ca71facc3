package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.RequestTrace;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Notes who the caller is, once authentication has told, for the log lines and for the filters that follow. */
@Component
final class CallerFilter implements WebFilter, Ordered {

    private static final String CALLER = CallerFilter.class.getName();

    /** The name of the caller, or null where the route is public. */
    static @Nullable String callerOf(ServerWebExchange exchange) {
        return exchange.getAttribute(CALLER);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .doOnNext(security -> note(exchange, security))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    @Override
    public int getOrder() {
        return ChainOrder.CALLER;
    }

    private static void note(ServerWebExchange exchange, SecurityContext security) {
        @Nullable Authentication caller = security.getAuthentication();
        if (caller == null) {
            return;
        }
        String name = caller.getName();
        exchange.getAttributes().put(CALLER, name);
        RequestTrace trace = RequestTrace.of(exchange);
        if (trace != null) {
            trace.calledBy(name);
        }
    }
}
