package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.DeleteAccount;
import io.miniplane.server.identity.application.ReadProfile;
import io.miniplane.server.identity.application.UpdateProfile;
import io.miniplane.server.identity.domain.User;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A user's own profile. */
@Configuration(proxyBeanMethods = false)
class UserRoutes {

    private static final String ME = "/api/v1/users/me";

    @Bean
    RouteAccess ownProfileAccess() {
        return RouteAccess.of(
                RouteAccess.only(HttpMethod.GET, ME, Role.USER),
                RouteAccess.only(HttpMethod.PUT, ME, Role.USER),
                RouteAccess.only(HttpMethod.DELETE, ME, Role.USER));
    }

    /** Before the routes of staff, whose {@code {id}} would take {@code me} too. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> ownProfileRoutes(
            ReadProfile readProfile, UpdateProfile updateProfile, DeleteAccount deleteAccount, JsonBodies bodies) {
        return RouterFunctions.route()
                .GET(ME, request -> answer(Caller.currentUser().flatMap(caller -> readProfile.read(caller.userId()))))
                .PUT(ME, request -> answer(update(request, updateProfile, bodies)))
                .DELETE(
                        ME,
                        request -> Caller.currentUser()
                                .flatMap(caller -> deleteAccount.delete(caller.userId()))
                                .then(Mono.defer(Answers::done)))
                .build();
    }

    private static Mono<User> update(ServerRequest request, UpdateProfile updateProfile, JsonBodies bodies) {
        return bodies.read(request, ProfileRequest.class)
                .map(ProfileRequest::profile)
                .flatMap(profile ->
                        Caller.currentUser().flatMap(caller -> updateProfile.update(caller.userId(), profile)));
    }

    private static Mono<ServerResponse> answer(Mono<User> user) {
        return user.map(UserBody::of).flatMap(Answers::ok);
    }
}
