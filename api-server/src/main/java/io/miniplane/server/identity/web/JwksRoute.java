package io.miniplane.server.identity.web;

import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.security.RouteAccess;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The public keys of access tokens, for services that verify them by themselves (RFC 7517, so without the envelope). */
@Configuration(proxyBeanMethods = false)
class JwksRoute {

    private static final String PATH = "/.well-known/jwks.json";

    /** Shorter than a new key waits before it signs. */
    private static final Duration CACHED = Duration.ofMinutes(5);

    @Bean
    RouteAccess publicKeysAccess() {
        return RouteAccess.of(RouteAccess.anybody(HttpMethod.GET, PATH));
    }

    @Bean
    RouterFunction<ServerResponse> publicKeysRoute(Keysets keysets) {
        return RouterFunctions.route()
                .GET(
                        PATH,
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
                                .bodyValue(keysets.tokenKeys().jwks()))
                .build();
    }
}
