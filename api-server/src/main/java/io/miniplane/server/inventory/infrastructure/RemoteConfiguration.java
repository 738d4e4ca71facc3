package io.miniplane.server.inventory.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Puts together what calls the team's stock service, where there is one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("miniplane.inventory.url")
class RemoteConfiguration {

    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    @Bean(destroyMethod = "dispose")
    ConnectionProvider stockServiceConnections(RemoteSettings settings) {
        return ConnectionProvider.builder("stock-service")
                .maxConnections(settings.maxConcurrentCalls())
                .maxIdleTime(MAX_IDLE)
                .evictInBackground(MAX_IDLE)
                .build();
    }

    @Bean
    RemoteInventory remoteInventory(
            RemoteSettings settings,
            InventorySettings inventory,
            ConnectionProvider stockServiceConnections,
            MeterRegistry meters) {
        StockServiceGuard guard = new StockServiceGuard(settings);
        guard.bindTo(meters);
        StockService service = new StockService(
                client(settings, stockServiceConnections),
                guard,
                Objects.requireNonNull(settings.url()),
                settings.token());
        return new RemoteInventory(service, inventory.reservationTime());
    }

    /** It repeats nothing by itself and is not observed by itself: both is done around it. */
    static WebClient client(RemoteSettings settings, ConnectionProvider connections) {
        HttpClient http = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(settings.timeLimit())
                .disableRetry(true);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
    }
}
