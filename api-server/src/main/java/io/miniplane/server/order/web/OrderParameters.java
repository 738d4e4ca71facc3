package io.miniplane.server.order.web;

import io.miniplane.server.order.OrderId;
import io.miniplane.server.order.OrderStatus;
import io.miniplane.server.order.application.Orders.Query;
import io.miniplane.server.order.application.Seen;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.UserId;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What requests about orders say beside their bodies. */
final class OrderParameters {

    private static final ErrorCode WRONG_USER = new ErrorCode(40043);
    private static final ErrorCode WRONG_VERSION = new ErrorCode(40064);
    private static final ErrorCode WRONG_STATUS = new ErrorCode(40065);
    private static final ErrorCode UNKNOWN = new ErrorCode(40440);
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private OrderParameters() {}

    /** What is no id names nothing. */
    static OrderId id(ServerRequest request) {
        return Optional.of(request.pathVariable("id"))
                .filter(text -> text.matches(UUID_FORM))
                .map(OrderId::parse)
                .orElseThrow(() -> new Failure(UNKNOWN));
    }

    /** The version that the caller saw, as in {@code If-Match: "3"}, if they say one. */
    static Seen seen(ServerRequest request) {
        String tag = request.headers().firstHeader(HttpHeaders.IF_MATCH);
        if (tag != null && !tag.matches("\"?\\d{1,18}\"?")) {
            throw new Failure(WRONG_VERSION);
        }
        return new Seen(tag == null ? null : Long.valueOf(tag.replace("\"", "")));
    }

    /** Which orders are asked for: a user's own, whatever they ask; of any user, or one, where staff asks. */
    static Query query(ServerRequest request, Caller caller) {
        return new Query(Paging.of(request), user(request, caller), status(request));
    }

    private static @Nullable UserId user(ServerRequest request, Caller caller) {
        UserId asked = request.queryParam("user").map(OrderParameters::userId).orElse(null);
        return switch (caller) {
            case Caller.User user -> user.userId();
            case Caller.Staff staff -> asked;
        };
    }

    private static UserId userId(String text) {
        if (!text.matches(UUID_FORM)) {
            throw new Failure(WRONG_USER);
        }
        return new UserId(UUID.fromString(text));
    }

    private static @Nullable OrderStatus status(ServerRequest request) {
        return request.queryParam("status").map(OrderParameters::status).orElse(null);
    }

    private static OrderStatus status(String text) {
        return Arrays.stream(OrderStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure(WRONG_STATUS));
    }
}
