package io.miniplane.server.platform.web;

import io.miniplane.server.platform.AppSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A process whose role is not to answer the public is the same program without its public port. */
@Configuration(proxyBeanMethods = false)
class ClosedToThePublic {

    @Bean
    @Conditional(DoesNotServe.class)
    ReactiveWebServerFactory noPublicPort() {
        return handler -> new NoPublicPort();
    }

    private static final class DoesNotServe implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !Binder.get(context.getEnvironment())
                    .bind("miniplane.role", AppSettings.Role.class)
                    .orElse(AppSettings.Role.ALL)
                    .serves();
        }
    }

    private static final class NoPublicPort implements WebServer {

        @Override
        public void start() {
            // There is nothing to open.
        }

        @Override
        public void stop() {
            // There is nothing to close.
        }

        @Override
        public int getPort() {
            return -1;
        }
    }
}
