package io.miniplane.server.platform.events;

import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Dead letters, for those who run the shop: seen, replayed, thrown away. */
@Configuration(proxyBeanMethods = false)
class DeadLetterRoutes {

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String REPLAYS = LETTERS + "/replays";
    private static final String LETTER = LETTERS + "/{queue}/{eventId}";
    private static final String REPLAY = LETTER + "/replay";
    private static final int REPLAYED_AT_ONCE = 1000;
    private static final ErrorCode NO_SUCH_LETTER = new ErrorCode(40420);
    private static final ErrorCode NO_SUCH_QUEUE = new ErrorCode(40421);
    private static final ErrorCode NOT_DEAD = new ErrorCode(40922);
    private static final Role[] RUNS_THE_SHOP = {Role.OPERATOR, Role.ADMIN};

    @Bean
    RouteAccess deadLetterAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.GET, LETTERS, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.POST, REPLAYS, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.GET, LETTER, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.DELETE, LETTER, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.POST, REPLAY, RUNS_THE_SHOP));
    }

    @Bean
    RouterFunction<ServerResponse> deadLetterRoute(DatabaseClient database, JsonBodies bodies) {
        DeadLetters letters = new DeadLetters(database);
        return RouterFunctions.route()
                .GET(LETTERS, request -> Mono.defer(() -> list(request, letters)))
                .POST(
                        REPLAYS,
                        request -> bodies.read(request, ReplayRequest.class)
                                .flatMap(replays -> replayAll(request, replays, letters)))
                .GET(
                        LETTER,
                        request -> Mono.defer(() -> letters.find(id(request)))
                                .switchIfEmpty(Mono.error(() -> new Failure(NO_SUCH_LETTER)))
                                .flatMap(Answers::ok))
                .DELETE(
                        LETTER,
                        request -> StaffAccess.of(request, "dead-letters.discard")
                                .flatMap(access -> letters.discard(id(request), access))
                                .flatMap(DeadLetterRoutes::answer))
                .POST(
                        REPLAY,
                        request -> StaffAccess.of(request, "dead-letters.replay")
                                .flatMap(access -> letters.replay(id(request), access))
                                .flatMap(DeadLetterRoutes::answer))
                .build();
    }

    private static Mono<ServerResponse> list(ServerRequest request, DeadLetters letters) {
        int limit = Paging.limit(request);
        @Nullable
        DeadLetterCursor after =
                request.queryParam("after").map(DeadLetterCursor::of).orElse(null);
        @Nullable
        String queue = request.queryParam("queue").map(DeadLetterRoutes::queue).orElse(null);
        return letters.list(queue, after, limit + 1)
                .map(rows -> page(rows, limit))
                .flatMap(Answers::ok);
    }

    private static Paging.Page<DeadLetter> page(List<DeadLetter.Placed> rows, int limit) {
        List<DeadLetter.Placed> part = rows.subList(0, Math.min(limit, rows.size()));
        DeadLetter.Placed last = rows.size() > limit ? part.getLast() : null;
        return new Paging.Page<>(
                part.stream().map(DeadLetter.Placed::letter).toList(),
                last == null
                        ? null
                        : new DeadLetterCursor(last.position(), last.letter().queue()).text());
    }

    private static Mono<ServerResponse> replayAll(ServerRequest request, ReplayRequest replays, DeadLetters letters) {
        String queue = queue(replays.queue());
        return StaffAccess.of(request, "dead-letters.replay-all")
                .flatMap(access -> letters.replayAll(queue, replays.diedBefore(), REPLAYED_AT_ONCE, access))
                .switchIfEmpty(Mono.error(() -> new Failure(NO_SUCH_QUEUE)))
                .flatMap(Answers::ok);
    }

    private static Mono<ServerResponse> answer(DeadLetter.Change change) {
        return change.changed() ? Answers.done() : Mono.error(new Failure(change.found() ? NOT_DEAD : NO_SUCH_LETTER));
    }

    private static String queue(String name) {
        if (!DeadLetter.isQueue(name)) {
            throw new Failure(NO_SUCH_QUEUE);
        }
        return name;
    }

    private static DeadLetter.Id id(ServerRequest request) {
        String queue = request.pathVariable("queue");
        if (!DeadLetter.isQueue(queue)) {
            throw new Failure(NO_SUCH_LETTER);
        }
        try {
            return new DeadLetter.Id(queue, UUID.fromString(request.pathVariable("eventId")));
        } catch (IllegalArgumentException e) {
            throw new Failure(NO_SUCH_LETTER);
        }
    }

    /**
     * Asks for the letters of a queue to be replayed.
     *
     * @param queue its name
     * @param diedBefore the same of the answer before, to go on; now where it is left out
     */
    record ReplayRequest(
            @NotBlank(message = "missing") String queue,
            @Nullable Instant diedBefore) {}
}
