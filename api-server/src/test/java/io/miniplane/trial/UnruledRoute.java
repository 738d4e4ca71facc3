package io.miniplane.trial;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.Answers;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The server with one route more, of which nobody has said who may call it. */
@Configuration(proxyBeanMethods = false)
public class UnruledRoute {

    /** Starts it as a process of its own. */
    public static void main(String[] args) {
        SpringApplication.run(new Class<?>[] {MiniplaneServer.class, UnruledRoute.class}, args);
    }

    @Bean
    RouterFunction<ServerResponse> forgotten() {
        return RouterFunctions.route()
                .GET("/api/v1/forgotten", request -> Answers.ok("anybody"))
                .build();
    }
}
