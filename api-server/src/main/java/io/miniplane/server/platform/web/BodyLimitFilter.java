package io.miniplane.server.platform.web;

import io.miniplane.server.platform.BodyLimit;
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

/** Refuses a body over 1 MiB, or over the {@link BodyLimit} of its exchange: at once where its length is told, and as soon as the limit is passed where it comes in chunks. */
@Component
final class BodyLimitFilter implements WebFilter, Ordered {

    /** One mebibyte. */
    static final long LIMIT = 1024 * 1024;

    private static final BodyLimit OURS = new BodyLimit(LIMIT);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        BodyLimit limit = BodyLimit.of(exchange).orElse(OURS);
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > limit.bytes()) {
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return Mono.error(tooLarge(limit));
        }
        boolean chunked = headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        return chain.filter(chunked ? counted(exchange, limit) : exchange);
    }

    @Override
    public int getOrder() {
        return ChainOrder.BODY_LIMIT;
    }

    private static ServerWebExchange counted(ServerWebExchange exchange, BodyLimit limit) {
        return exchange.mutate()
                .request(new CountedRequest(exchange.getRequest(), limit))
                .build();
    }

    private static Failure tooLarge(BodyLimit limit) {
        return new Failure(Refusals.BODY_TOO_LARGE, limit.text());
    }

    private static final class CountedRequest extends ServerHttpRequestDecorator {

        private final BodyLimit limit;

        CountedRequest(ServerHttpRequest request, BodyLimit limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                long[] seen = {0};
                return super.getBody().handle((buffer, sink) -> {
                    seen[0] += buffer.readableByteCount();
                    if (seen[0] <= limit.bytes()) {
                        sink.next(buffer);
                    } else {
                        DataBufferUtils.release(buffer);
                        sink.error(tooLarge(limit));
                    }
                });
            });
        }
    }
}
