package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ChainOrder;
import io.miniplane.server.platform.Failure;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refuses a body over 1 MiB: at once where its length is told, and as soon as the limit is passed where it comes in chunks. */
@Component
final class BodyLimitFilter implements WebFilter, Ordered {

    /** One mebibyte. */
    static final long LIMIT = 1024 * 1024;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > LIMIT) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return Mono.error(tooLarge());
        }
        boolean chunked = headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        return chain.filter(chunked ? counted(exchange) : exchange);
    }

    @Override
    public int getOrder() {
        return ChainOrder.BODY_LIMIT;
    }

    private static ServerWebExchange counted(ServerWebExchange exchange) {
        return exchange.mutate()
                .request(new CountedRequest(exchange.getRequest()))
                .build();
    }

    private static Failure tooLarge() {
        return new Failure(Refusals.BODY_TOO_LARGE, "1 MiB");
    }

    private static final class CountedRequest extends ServerHttpRequestDecorator {

        CountedRequest(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                long[] seen = {0};
                return super.getBody().handle((buffer, sink) -> {
                    seen[0] += buffer.readableByteCount();
                    if (seen[0] <= LIMIT) {
                        sink.next(buffer);
                    } else {
                        DataBufferUtils.release(buffer);
                        sink.error(tooLarge());
                    }
                });
            });
        }
    }
}
