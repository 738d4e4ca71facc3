package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Reason;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Gives the envelope to what is refused before a request exists: bytes that are not HTTP, headers that are too large, a malformed address. */
@Component
final class EarlyRefusals implements NettyServerCustomizer {

    private static final Reason BAD_ENCODING = Reason.of("bad-encoding");
    private static final Reason NOT_HTTP = Reason.of("not-http");

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((observer, channel, address) -> install(channel.pipeline()))
                .mapHandle(EarlyRefusals::checked);
    }

    private static void install(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.HttpCodec) != null) {
            pipeline.addAfter(NettyPipeline.HttpCodec, "miniplane.refusals", new BodyOfRefusal());
        }
    }

    private static Mono<Void> checked(Mono<Void> handled, Connection connection) {
        return connection instanceof HttpServerRequest request
                        && connection instanceof HttpServerResponse response
                        && !RequestTarget.isWellFormed(request.uri())
                ? refused(request, response)
                : handled;
    }

    private static Mono<Void> refused(HttpServerRequest request, HttpServerResponse response) {
        HttpHeaders asked = new HttpHeaders();
        request.requestHeaders().forEach(header -> asked.add(header.getKey(), header.getValue()));
        String traceId = TraceFilter.randomId();
        FailureBody body = FailureBody.of(Refusals.BAD_REQUEST, List.of(BAD_ENCODING), traceId, asked);
        return response.status(Refusals.BAD_REQUEST.status())
                .header(HttpHeaderNames.CONTENT_TYPE, body.type().toString())
                .header(TraceFilter.REQUEST_ID, traceId)
                .sendByteArray(Mono.just(body.bytes()))
                .then();
    }

    /** Fills the empty answers that the HTTP decoder gives. */
    @Sharable
    private static final class BodyOfRefusal extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            ErrorCode code = message instanceof FullHttpResponse response ? codeOf(response) : null;
            if (code == null) {
                super.write(context, message, promise);
            } else {
                super.write(context, filled((FullHttpResponse) message, code), promise);
            }
        }

        private static @Nullable ErrorCode codeOf(FullHttpResponse response) {
            if (response.content().isReadable() || !response.headers().containsValue("connection", "close", true)) {
                return null;
            }
            return switch (response.status().code()) {
                case 400 -> Refusals.BAD_REQUEST;
                case 414 -> Refusals.ADDRESS_TOO_LONG;
                case 431 -> Refusals.HEADERS_TOO_LARGE;
                default -> null;
            };
        }

        private static FullHttpResponse filled(FullHttpResponse empty, ErrorCode code) {
            String traceId = TraceFilter.randomId();
            FailureBody body = FailureBody.of(code, List.of(NOT_HTTP), traceId, new HttpHeaders());
            FullHttpResponse filled = empty.replace(Unpooled.wrappedBuffer(body.bytes()));
            filled.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, body.type().toString())
                    .set(TraceFilter.REQUEST_ID, traceId)
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.bytes().length);
            empty.release();
            return filled;
        }
    }
}
