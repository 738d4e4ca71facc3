package io.miniplane.server.feature.web;

import io.miniplane.server.feature.application.AskFlags;
import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Which features are on for the caller. */
@Configuration(proxyBeanMethods = false)
class FeatureRoutes {

    private static final String FEATURES = "/api/v1/features";

    @Bean
    RouteAccess featureAccess() {
        return RouteAccess.of(RouteAccess.only(HttpMethod.GET, FEATURES, Role.USER));
    }

    @Bean
    RouterFunction<ServerResponse> featureRoute(AskFlags flags) {
        return RouterFunctions.route()
                .GET(
                        FEATURES,
                        request -> Caller.currentUser()
                                .flatMap(user -> flags.all(user.userId()))
                                .map(settings ->
                                        settings.stream().map(FeatureBody::of).toList())
                                .flatMap(Answers::ok))
                .build();
    }
}
