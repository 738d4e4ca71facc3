package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.ServedRoute;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.reactive.function.server.RouterFunction;
import reactor.core.publisher.Mono;

/** The chain that every request passes: nothing is remembered between requests, and every route has its rule. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityChain {

    private static final ErrorCode FORBIDDEN = new ErrorCode(40300);

    @Bean
    RouteRules routeRules(List<RouteAccess> modules) {
        return new RouteRules(modules);
    }

    /** Every bean is there by then, and no port is open yet. */
    @Bean
    SmartInitializingSingleton everyRouteHasItsRule(RouteRules rules, ObjectProvider<RouterFunction<?>> routers) {
        return () -> rules.cover(ServedRoute.of(routers.orderedStream()));
    }

    @Bean
    SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http, RouteRules rules, TokenVerifier verifier) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .anonymous(ServerHttpSecurity.AnonymousSpec::disable)
                .headers(SecurityChain::headers)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(new BearerAuthentication(verifier, rules), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                                (exchange, missing) -> Mono.error(new Failure(BearerToken.MISSING)))
                        .accessDeniedHandler((exchange, denied) -> Mono.error(new Failure(FORBIDDEN))))
                .authorizeExchange(routes -> routes.anyExchange().access(new RouteAuthorization(rules)))
                .build();
    }

    /** Answers are not cached and not sniffed; the headers that only matter to web pages are left out. */
    private static void headers(HeaderSpec headers) {
        headers.frameOptions(HeaderSpec.FrameOptionsSpec::disable)
                .xssProtection(HeaderSpec.XssProtectionSpec::disable)
                .hsts(HeaderSpec.HstsSpec::disable);
    }
}
