package io.miniplane.server.gateway.infrastructure;

import io.miniplane.server.gateway.application.ContainerEvents;
import io.miniplane.server.platform.events.Outbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** What stands behind the port inside the pod. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty({"miniplane.gateway.upstream-url", "miniplane.gateway.local.port"})
class LocalConfiguration {

    @Bean
    ContainerEvents containerEvents(DatabaseClient database, Outbox outbox) {
        return new OutboxContainerEvents(database, outbox);
    }
}
