package io.miniplane.server.gateway.web;

import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.gateway.application.CallWechat;
import io.miniplane.server.gateway.application.ContainerEvents;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.OpenApi;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Puts the port inside the pod together, apart from the chain of the public port; errors are told in the same way. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty({"miniplane.gateway.upstream-url", "miniplane.gateway.local.port"})
class LocalPort {

    @Bean
    LocalServer localServer(
            LocalSettings settings,
            AppSettings app,
            OpenApi wechat,
            ContainerEvents events,
            List<WebExceptionHandler> errors,
            ObservationRegistry observations) {
        CallWechat callWechat = new CallWechat(wechat, settings.rules());
        HttpHandler handler = WebHttpHandlerBuilder.webHandler(
                        RouterFunctions.toWebHandler(new LocalRoutes(callWechat, events).routes()))
                .filter(new LocalFilter(observations, callWechat::allows))
                .exceptionHandlers(handlers -> handlers.addAll(errors))
                .build();
        return new LocalServer(Objects.requireNonNull(settings.port()), handler, app.role());
    }
}
