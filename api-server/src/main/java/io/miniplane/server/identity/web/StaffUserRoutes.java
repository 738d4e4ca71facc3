package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.AddUser;
import io.miniplane.server.identity.application.BrowseUsers;
import io.miniplane.server.identity.application.DeleteUser;
import io.miniplane.server.identity.application.KnownUsers.Query;
import io.miniplane.server.identity.application.ReadUser;
import io.miniplane.server.identity.application.ReplaceProfile;
import io.miniplane.server.identity.domain.KnownUser;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.audit.StaffAccess;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.UserId;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** All users, for staff. What is personal is masked; to see it in the clear is an act of its own, for admins, with a reason. */
@Configuration(proxyBeanMethods = false)
class StaffUserRoutes {

    private static final String USERS = "/api/v1/users";
    private static final String SEARCH = USERS + "/search";

    private static final String USER = USERS + "/{id}";
    private static final String DISCLOSURES = USER + "/disclosures";
    private static final ErrorCode PHONE_IN_ADDRESS = new ErrorCode(40042);
    private static final ErrorCode WRONG_DELETED = new ErrorCode(40044);
    private static final ErrorCode NO_VERSION = new ErrorCode(40045);
    private static final ErrorCode NO_SUCH_USER = new ErrorCode(40403);
    private static final Role[] STAFF = {Role.SUPPORT, Role.OPERATOR, Role.ADMIN};
    private static final Role[] RUNS_THE_SHOP = {Role.OPERATOR, Role.ADMIN};

    @Bean
    RouteAccess staffUserAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.GET, USERS, STAFF),
                RouteAccess.only(HttpMethod.POST, SEARCH, STAFF),
                RouteAccess.only(HttpMethod.GET, USER, STAFF),
                RouteAccess.only(HttpMethod.POST, USERS, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.PUT, USER, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.DELETE, USER, RUNS_THE_SHOP),
                RouteAccess.only(HttpMethod.POST, DISCLOSURES, Role.ADMIN));
    }

    @Bean
    RouterFunction<ServerResponse> readUserRoutes(BrowseUsers browseUsers, ReadUser readUser, JsonBodies bodies) {
        return RouterFunctions.route()
                .GET(
                        USERS,
                        request -> Mono.fromCallable(() -> query(request))
                                .flatMap(query -> page(request, "users.list", query, browseUsers)))
                .POST(
                        SEARCH,
                        request -> bodies.read(request, StaffRequests.Search.class)
                                .map(StaffRequests.Search::query)
                                .flatMap(query -> page(request, "users.search", query, browseUsers)))
                .GET(
                        USER,
                        request -> access(request, "users.read")
                                .flatMap(access -> readUser.read(id(request), access)
                                        .flatMap(user -> Answers.ok(KnownUserBody.of(user, access.who())))))
                .POST(
                        DISCLOSURES,
                        request -> bodies.read(request, StaffRequests.Reveal.class)
                                .flatMap(reveal -> disclose(request, reveal, readUser)))
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> changeUserRoutes(
            AddUser addUser, ReplaceProfile replaceProfile, DeleteUser deleteUser, JsonBodies bodies) {
        return RouterFunctions.route()
                .POST(
                        USERS,
                        request -> bodies.read(request, StaffRequests.New.class)
                                .flatMap(body -> add(request, body, addUser)))
                .PUT(
                        USER,
                        request -> bodies.read(request, ProfileRequest.class)
                                .flatMap(body -> replace(request, body, replaceProfile)))
                .DELETE(
                        USER,
                        request -> access(request, "users.delete")
                                .flatMap(access -> deleteUser.delete(id(request), access))
                                .then(Mono.defer(Answers::done)))
                .build();
    }

    private static Mono<ServerResponse> page(
            ServerRequest request, String action, Query query, BrowseUsers browseUsers) {
        return access(request, action)
                .flatMap(access -> browseUsers
                        .browse(query, access)
                        .map(users -> query.paging()
                                .page(users, user -> user.id().value(), user -> KnownUserBody.of(user, access.who()))))
                .flatMap(Answers::ok);
    }

    private static Mono<ServerResponse> disclose(
            ServerRequest request, StaffRequests.Reveal reveal, ReadUser readUser) {
        return access(request, "users.reveal")
                .map(access -> access.revealing(reveal.fields(), reveal.reason()))
                .flatMap(access -> readUser.read(id(request), access))
                .flatMap(user -> Answers.ok(KnownUserBody.Revealed.of(user, reveal.fields())));
    }

    private static Mono<ServerResponse> add(ServerRequest request, StaffRequests.New body, AddUser addUser) {
        return access(request, "users.add")
                .flatMap(access -> addUser.add(body.newcomer(), access)
                        .flatMap(user -> Answers.created(at(user), KnownUserBody.of(user, access.who()))));
    }

    private static Mono<ServerResponse> replace(
            ServerRequest request, ProfileRequest body, ReplaceProfile replaceProfile) {
        long version = version(request);
        return access(request, "users.replace")
                .flatMap(access -> replaceProfile
                        .replace(id(request), body.profile(), version, access)
                        .flatMap(user -> Answers.ok(KnownUserBody.of(user, access.who()))));
    }

    private static Mono<StaffAccess> access(ServerRequest request, String action) {
        return StaffAccess.of(request, action);
    }

    private static Query query(ServerRequest request) {
        if (request.queryParam("phone").isPresent()) {
            throw new Failure(PHONE_IN_ADDRESS);
        }
        @Nullable
        Boolean deleted =
                request.queryParam("deleted").map(StaffUserRoutes::yesOrNo).orElse(null);
        return new Query(Paging.of(request), null, deleted);
    }

    private static Boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Failure(WRONG_DELETED);
        };
    }

    private static UserId id(ServerRequest request) {
        try {
            return new UserId(UUID.fromString(request.pathVariable("id")));
        } catch (IllegalArgumentException e) {
            throw new Failure(NO_SUCH_USER);
        }
    }

    /** The version that staff saw, as in {@code If-Match: "3"}. */
    private static long version(ServerRequest request) {
        String tag = request.headers().firstHeader(HttpHeaders.IF_MATCH);
        if (tag == null || !tag.matches("\"?\\d{1,18}\"?")) {
            throw new Failure(NO_VERSION);
        }
        return Long.parseLong(tag.replace("\"", ""));
    }

    private static URI at(KnownUser user) {
        return URI.create(USERS + "/" + user.id());
    }
}
