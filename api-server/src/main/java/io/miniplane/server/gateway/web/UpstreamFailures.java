package io.miniplane.server.gateway.web;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** What a caller is told when the container did not answer. */
final class UpstreamFailures {

    static final ErrorCode NO_CONNECTION = new ErrorCode(50220);
    static final ErrorCode BROKEN_OFF = new ErrorCode(50221);
    static final ErrorCode LEFT_ALONE = new ErrorCode(50330);
    static final ErrorCode BUSY = new ErrorCode(50331);
    static final ErrorCode TOO_LATE = new ErrorCode(50420);

    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final int DEEPEST = 8;

    private UpstreamFailures() {}

    /** The failure that stands for an error of the client to the container. */
    static Throwable of(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .filter(cause -> cause instanceof Failure)
                .findFirst()
                .orElseGet(() -> known(error));
    }

    private static Throwable known(Throwable error) {
        return switch (error) {
            case CallNotPermittedException open -> new Failure(LEFT_ALONE, SHORTLY, null);
            case TimeoutException late when !isOfPool(error) -> new Failure(TOO_LATE, null, null);
            case PrematureCloseException broken -> new Failure(BROKEN_OFF, null, broken);
            case WebSocketClientHandshakeException refused -> new Failure(BROKEN_OFF, null, refused);
            case UnknownHostException nowhere -> new Failure(NO_CONNECTION, SHORTLY, nowhere);
            case IOException none ->
                isConnecting(none) ? new Failure(NO_CONNECTION, SHORTLY, none) : new Failure(BROKEN_OFF, null, none);
            default -> isOfPool(error) ? new Failure(BUSY, SHORTLY, error) : error;
        };
    }

    /** Whether the container has not seen the request. */
    static boolean isUntouched(Throwable error) {
        return error instanceof IOException none && isConnecting(none);
    }

    /** Whether it says that the container is ill. */
    static boolean isIllness(Throwable error) {
        return error instanceof IOException || (error instanceof TimeoutException && !isOfPool(error));
    }

    private static boolean isConnecting(IOException error) {
        return error instanceof java.net.ConnectException
                || error instanceof java.net.NoRouteToHostException
                || error instanceof UnknownHostException;
    }

    private static boolean isOfPool(Throwable error) {
        return error instanceof PoolAcquireTimeoutException || error instanceof PoolAcquirePendingLimitException;
    }
}
