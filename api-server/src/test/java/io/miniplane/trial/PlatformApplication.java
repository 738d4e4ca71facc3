package io.miniplane.trial;

import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.JsonBodies;
import io.miniplane.server.platform.RequestTrace;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** The platform alone with routes that try it out: the real server, and no module on top of it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan({
    "io.miniplane.server.platform.web",
    "io.miniplane.server.platform.observability",
    "io.miniplane.server.platform.signals",
    "io.miniplane.server.platform.tracing",
    "io.miniplane.server.platform.diagnostics",
    "io.miniplane.server.platform.database"
})
@ConfigurationPropertiesScan({
    "io.miniplane.server.platform.web",
    "io.miniplane.server.platform.observability",
    "io.miniplane.server.platform.tracing",
    "io.miniplane.server.platform.database"
})
@EnableConfigurationProperties(AppSettings.class)
@Import(JsonBodies.class)
public class PlatformApplication {

    /** Starts it as a process of its own. */
    public static void main(String[] args) {
        SpringApplication.run(PlatformApplication.class, args);
    }

    record Order(
            @NotNull(message = "missing") @Size(max = 10, message = "too-long")
            String name,

            int count) {}

    @Bean
    SecurityWebFilterChain open(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint((exchange, missing) -> Mono.error(missing)))
                .authorizeExchange(routes -> routes.pathMatchers("/closed/**")
                        .authenticated()
                        .anyExchange()
                        .permitAll())
                .build();
    }

    @Bean
    RouterFunction<ServerResponse> trial(JsonBodies bodies) {
        return RouterFunctions.route()
                .GET("/things/{id}", request -> Answers.ok(request.pathVariable("id")))
                .GET("/search", request -> Answers.ok(request.queryParam("q").orElse("")))
                .POST(
                        "/orders",
                        request -> bodies.read(request, Order.class)
                                .flatMap(order -> Answers.created(URI.create("/orders/1"), order)))
                .POST("/done", request -> Answers.done())
                .GET(
                        "/slow",
                        request ->
                                Mono.delay(Duration.ofMillis(millis(request))).then(Answers.ok("slow")))
                .GET("/fault", request -> Mono.error(new IllegalStateException("select secret from vault")))
                .GET(
                        "/failure",
                        request -> Mono.error(new Failure(new ErrorCode(50301), Duration.ofMillis(1500), null)))
                .GET("/database", request -> Mono.error(new DataAccessResourceFailureException("gone")))
                .GET("/unacceptable", request -> Mono.error(new ResponseStatusException(HttpStatus.NOT_ACCEPTABLE)))
                .GET(
                        "/logs",
                        request -> Mono.deferContextual(context -> {
                            RequestTrace.log(
                                    context,
                                    () -> org.slf4j.LoggerFactory.getLogger("trial")
                                            .info("a line of a module"));
                            return Answers.done();
                        }))
                .build();
    }

    private static long millis(ServerRequest request) {
        return Long.parseLong(request.queryParam("millis").orElse("1000"));
    }
}
