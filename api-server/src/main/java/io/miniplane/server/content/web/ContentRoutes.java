package io.miniplane.server.content.web;

import io.miniplane.server.content.application.CheckMedia;
import io.miniplane.server.content.application.CheckText;
import io.miniplane.server.content.application.ContentCheck;
import io.miniplane.server.content.application.ContentCheck.MediaFile;
import io.miniplane.server.content.application.ReadCheck;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.UserId;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Asking whether content may be shown. */
@Configuration(proxyBeanMethods = false)
class ContentRoutes {

    private static final String CHECKS = "/api/v1/content-checks";
    private static final String CHECK = "/api/v1/content-checks/{id}";
    private static final ErrorCode UNKNOWN = new ErrorCode(40410);

    @Bean
    RouteAccess contentAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.POST, CHECKS, Role.USER),
                RouteAccess.only(HttpMethod.GET, CHECK, Role.USER));
    }

    @Bean
    RouterFunction<ServerResponse> checkContentRoute(CheckText checkText, CheckMedia checkMedia, JsonBodies bodies) {
        return RouterFunctions.route()
                .POST(
                        CHECKS,
                        request -> bodies.read(request, ContentCheckRequest.class)
                                .flatMap(body -> user().flatMap(user -> switch (body) {
                                    case ContentCheckRequest.Text text ->
                                        checkText
                                                .check(user, text.draft())
                                                .map(VerdictBody::of)
                                                .flatMap(Answers::ok);
                                    case ContentCheckRequest.Image image -> begin(checkMedia, user, image.file());
                                    case ContentCheckRequest.Audio audio -> begin(checkMedia, user, audio.file());
                                })))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> readContentCheckRoute(ReadCheck readCheck) {
        return RouterFunctions.route()
                .GET(
                        CHECK,
                        request -> user().flatMap(user -> readCheck.read(id(request), user))
                                .map(ContentCheckBody::of)
                                .flatMap(Answers::ok))
                .build();
    }

    private static Mono<ServerResponse> begin(CheckMedia checkMedia, UserId user, MediaFile file) {
        return checkMedia.check(user, file).flatMap(ContentRoutes::created);
    }

    private static Mono<ServerResponse> created(ContentCheck check) {
        return Answers.created(URI.create(CHECKS + "/" + check.id()), ContentCheckBody.of(check));
    }

    private static Mono<UserId> user() {
        return Caller.currentUser().map(Caller.User::userId);
    }

    /** What is no id names nothing. */
    private static UUID id(ServerRequest request) {
        return Optional.of(request.pathVariable("id"))
                .filter(text -> text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
                .map(UUID::fromString)
                .orElseThrow(() -> new Failure(UNKNOWN));
    }
}
