package io.miniplane.simulator.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Puts the endpoints of WeChat behind the log of requests and the faults. */
public final class ApiRoutes {

    private static final String HTML = "text/html; charset=utf-8";

    private final HttpServerRoutes routes;
    private final InstantSource clock;
    private final RequestLog log;
    private final RefusedCalls refused;
    private final Faults faults;
    private final ReplyFormat format;

    /** Routes that end up in the given ones. */
    public ApiRoutes(
            HttpServerRoutes routes,
            InstantSource clock,
            RequestLog log,
            RefusedCalls refused,
            Faults faults,
            ReplyFormat format) {
        this.routes = routes;
        this.clock = clock;
        this.log = log;
        this.refused = refused;
        this.faults = faults;
        this.format = format;
    }

    /** Lets an endpoint answer every method of a path. */
    public void register(String path, Endpoint endpoint) {
        routes.route(
                request -> request.fullPath().equals(path), (request, response) -> handle(endpoint, request, response));
    }

    /** Lets an endpoint answer every method of every path that begins so. */
    public void registerBelow(String prefix, Endpoint endpoint) {
        routes.route(
                request -> request.fullPath().startsWith(prefix),
                (request, response) -> handle(endpoint, request, response));
    }

    private Publisher<Void> handle(Endpoint endpoint, HttpServerRequest request, HttpServerResponse response) {
        return Exchange.read(request)
                .flatMap(call -> faults.next(endpoint.name(call))
                        .map(effect -> disturbed(effect, call, endpoint, response))
                        .orElseGet(() -> undisturbed(call, endpoint, response)));
    }

    private Mono<Void> undisturbed(Call call, Endpoint endpoint, HttpServerResponse response) {
        long start = System.nanoTime();
        Reply reply = answer(call, endpoint);
        note(call, endpoint.name(call), reply.outcome(), Duration.ofNanos(System.nanoTime() - start));
        return Exchange.write(response, reply, format.header());
    }

    private Mono<Void> disturbed(Effect effect, Call call, Endpoint endpoint, HttpServerResponse response) {
        note(
                call,
                endpoint.name(call),
                effect.kind(),
                effect instanceof Effect.Latency late ? late.delay() : Duration.ZERO);
        return switch (effect) {
            case Effect.Latency late -> {
                Reply reply = answer(call, endpoint);
                yield pause(response, late.delay())
                        .doOnCancel(reply::aboutToBeWritten)
                        .then(Mono.defer(() -> Exchange.write(response, reply, format.header())));
            }
            case Effect.Errcode error -> {
                Reply reply = refuse(call, error.code(), error.message(), Instant.now());
                yield Exchange.write(response, reply, format.header());
            }
            case Effect.Disconnect disconnect -> {
                if (disconnect.afterwards()) {
                    Reply lost = answer(call, endpoint);
                    lost.aboutToBeWritten();
                    lost.written();
                }
                response.withConnection(ApiRoutes::drop);
                yield Mono.never();
            }
            case Effect.Garbage garbage ->
                Exchange.write(response, new Reply(200, effect.kind(), garbage.body()), format.header());
            case Effect.Failure failure -> {
                Reply reply = Reply.failed(failure.status(), failure.code(), failure.message());
                yield Exchange.write(response, endpoint.finished(call, reply), format.header());
            }
            case Effect.Status status ->
                Exchange.write(response, new Reply(status.status(), effect.kind(), "<html>error</html>"), HTML);
        };
    }

    /** On the event loop of the connection, so that it ends with the simulator. */
    private static Mono<Void> pause(HttpServerResponse response, Duration length) {
        return Mono.create(sink -> response.withConnection(connection -> {
            ScheduledFuture<?> end = connection
                    .channel()
                    .eventLoop()
                    .schedule(() -> sink.success(), length.toMillis(), TimeUnit.MILLISECONDS);
            sink.onDispose(() -> end.cancel(false));
        }));
    }

    private static void drop(Connection connection) {
        var _ = connection.channel().close();
    }

    private Reply answer(Call call, Endpoint endpoint) {
        Instant start = Instant.now();
        try {
            return endpoint.answer(call);
        } catch (Refusal refusal) {
            return refuse(call, refusal.code().code(), refusal.code().message(), start);
        }
    }

    private Reply refuse(Call call, int code, String message, Instant start) {
        String requestId = RefusedCalls.newId();
        Reply reply = Reply.refused(code, message, requestId);
        refused.add(requestId, call, reply, Duration.between(start, Instant.now()));
        return reply;
    }

    private void note(Call call, String name, String outcome, Duration took) {
        long micros = TimeUnit.NANOSECONDS.toMicros(took.toNanos());
        log.add(new RequestLog.Entry(clock.instant(), call.method(), name, outcome, micros));
    }
}
