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

/** Notes for the log lines who the caller is, once authentication has told. */
@Component
final class CallerFilter implements WebFilter, Ordered {

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
        RequestTrace trace = RequestTrace.of(exchange);
        @Nullable Authentication caller = security.getAuthentication();
        if (trace != null && caller != null) {
            trace.calledBy(caller.getName());
        }
    }
}
