package io.miniplane.server.platform.security;

import static io.miniplane.server.platform.security.RouteAccess.anybody;
import static io.miniplane.server.platform.security.RouteAccess.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ServedRoute;
import io.miniplane.server.platform.security.RouteAccess.Anybody;
import io.miniplane.server.platform.security.RouteAccess.Audience;
import io.miniplane.server.platform.security.RouteAccess.Holders;
import io.miniplane.server.platform.security.RouteAccess.Nobody;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;

class RouteRulesTest {

    private final RouteRules rules = new RouteRules(List.of(
            RouteAccess.of(only(GET, "/users/{id}", Role.SUPPORT), only(DELETE, "/users/{id}", Role.ADMIN)),
            RouteAccess.of(only(GET, "/users/me", Role.USER), anybody(POST, "/login"))));

    @Test
    void theMostSpecificPathCounts() {
        assertThat(audience(GET, "/users/me")).isEqualTo(new Holders(Set.of(Role.USER)));
        assertThat(audience(GET, "/users/1")).isEqualTo(new Holders(Set.of(Role.SUPPORT)));
        assertThat(audience(POST, "/login")).isEqualTo(new Anybody());
    }

    @Test
    void aMethodThatTheMostSpecificPathDoesNotTakeIsNotTakenForAnother() {
        assertThat(audience(DELETE, "/users/me")).isEqualTo(new Nobody());
        assertThat(audience(DELETE, "/users/1")).isEqualTo(new Holders(Set.of(Role.ADMIN)));
    }

    @Test
    void whatNoRuleNamesIsClosed() {
        for (String path : new String[] {"/", "/users", "/users/1/2", "/login", "/users/me/"}) {
            assertThat(audience(GET, path)).as(path).isEqualTo(new Nobody());
        }
        assertThat(audience(HttpMethod.HEAD, "/users/me")).isEqualTo(new Nobody());
        assertThat(audience(HttpMethod.OPTIONS, "/login")).isEqualTo(new Nobody());
    }

    @Test
    void aRouteWithoutARuleIsNamed() {
        rules.cover(routes(RouterFunctions.route().GET("/users/{id}", request -> Answers.done())));
        assertThatExceptionOfType(UnruledRoute.class)
                .isThrownBy(() -> rules.cover(routes(RouterFunctions.route()
                        .GET("/users/{id}", request -> Answers.done())
                        .PUT("/users/{id}", request -> Answers.done()))))
                .withMessageContaining("PUT /users/{id}")
                .withMessageContaining("RouteAccess");
        assertThatExceptionOfType(UnruledRoute.class)
                .isThrownBy(() -> rules.cover(routes(RouterFunctions.route()
                        .path("/users", nested -> nested.GET("/{name}", request -> Answers.done())))))
                .withMessageContaining("GET /users/{name}");
        assertThatExceptionOfType(UnruledRoute.class)
                .isThrownBy(() -> rules.cover(routes(
                        RouterFunctions.route().route(RequestPredicates.path("/users/me"), request -> Answers.done()))))
                .withMessageContaining("/users/me takes any method");
    }

    @Test
    void aRouteHasOneRule() {
        assertThatExceptionOfType(UnruledRoute.class)
                .isThrownBy(() -> new RouteRules(List.of(
                        RouteAccess.of(anybody(GET, "/users/{id}")),
                        RouteAccess.of(only(GET, "/users/{id}", Role.ADMIN)))))
                .withMessageContaining("said twice")
                .withMessageContaining("GET /users/{id}");
        assertThatIllegalArgumentException().isThrownBy(() -> only(GET, "/users"));
    }

    private Audience audience(HttpMethod method, String path) {
        return rules.audience(MockServerWebExchange.from(MockServerHttpRequest.method(method, path)));
    }

    private static List<ServedRoute> routes(RouterFunctions.Builder router) {
        return ServedRoute.of(Stream.<RouterFunction<?>>of(router.build()));
    }
}
