package io.miniplane.server.platform.security;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import reactor.core.publisher.Mono;

/** The chain that every request passes: nothing is remembered between requests, and what is not public needs a token. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityChain {

    private static final ErrorCode FORBIDDEN = new ErrorCode(40300);

    @Bean
    SecurityWebFilterChain securityWebFilterChain(
            ServerHttpSecurity http, List<PublicRoutes> publicRoutes, TokenVerifier verifier) {
        ServerWebExchangeMatcher open = open(publicRoutes);
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .anonymous(ServerHttpSecurity.AnonymousSpec::disable)
                .headers(SecurityChain::headers)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(new BearerAuthentication(verifier, open), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(
                                (exchange, missing) -> Mono.error(new Failure(BearerToken.MISSING)))
                        .accessDeniedHandler((exchange, denied) -> Mono.error(new Failure(FORBIDDEN))))
                .authorizeExchange(routes ->
                        routes.matchers(open).permitAll().anyExchange().authenticated())
                .build();
    }

    /** Answers are not cached and not sniffed; the headers that only matter to web pages are left out. */
    private static void headers(HeaderSpec headers) {
        headers.frameOptions(HeaderSpec.FrameOptionsSpec::disable)
                .xssProtection(HeaderSpec.XssProtectionSpec::disable)
                .hsts(HeaderSpec.HstsSpec::disable);
    }

    private static ServerWebExchangeMatcher open(List<PublicRoutes> modules) {
        List<ServerWebExchangeMatcher> matchers = modules.stream()
                .flatMap(module -> module.routes().stream())
                .<ServerWebExchangeMatcher>map(
                        route -> new PathPatternParserServerWebExchangeMatcher(route.path(), route.method()))
                .toList();
        return new OrServerWebExchangeMatcher(matchers);
    }
}
