package io.miniplane.server.gateway.infrastructure;

import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.gateway.application.Container;
import io.miniplane.server.gateway.application.ContainerPaths;
import io.miniplane.server.gateway.infrastructure.ContainerSettings.Subscription;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.events.EventHandler;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.wechat.PushForwarder;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Puts together what tells the container of events, pushes and payments. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("miniplane.gateway.upstream-url")
class DeliveryConfiguration {

    private static final int CONNECTIONS = 64;
    private static final int CONNECT_MILLIS = 2000;
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);
    private static final String PUSH_PATH = "miniplane.gateway.callbacks.push.path";

    @Bean(destroyMethod = "dispose")
    ConnectionProvider containerConnections() {
        return ConnectionProvider.builder("container")
                .maxConnections(CONNECTIONS)
                .maxIdleTime(MAX_IDLE)
                .evictInBackground(MAX_IDLE)
                .build();
    }

    /** It repeats nothing by itself: the queue does. */
    @Bean
    Container container(
            ContainerSettings settings, ConnectionProvider containerConnections, ObservationRegistry observations) {
        HttpClient http = HttpClient.create(containerConnections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .disableRetry(true);
        WebClient client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
        return new ContainerClient(client, Objects.requireNonNull(settings.upstreamUrl()), observations);
    }

    @Bean
    ContainerPaths containerPaths(ContainerSettings settings, CallbackSettings callbacks) {
        Set<String> paths = new TreeSet<>();
        settings.subscriptions().stream().map(Subscription::path).forEach(paths::add);
        if (callbacks.push() != null) {
            paths.add(callbacks.push().path());
        }
        if (callbacks.pay() != null) {
            paths.add(callbacks.pay().path());
        }
        return new ContainerPaths(paths);
    }

    @Bean
    EventHandlers containerHandlers(
            ContainerSettings settings, CallbackSettings callbacks, AppSettings app, Container container) {
        Map<String, Set<String>> byPath = new TreeMap<>();
        settings.subscriptions()
                .forEach(subscription -> byPath.computeIfAbsent(subscription.path(), path -> new TreeSet<>())
                        .addAll(subscription.types()));
        List<EventHandler> handlers = new ArrayList<>();
        byPath.forEach((path, types) -> handlers.add(
                new SubscriptionHandler(queue(path), types, path, "/miniplane/" + app.appId(), container)));
        if (callbacks.pay() != null) {
            handlers.add(new PayCallback(callbacks.pay().path(), headers(app, "wx_pay"), container));
        }
        return new EventHandlers(handlers);
    }

    @Bean
    @ConditionalOnProperty(PUSH_PATH)
    PushForwarder containerPush(CallbackSettings callbacks, AppSettings app, Container container) {
        CallbackSettings.Push push = Objects.requireNonNull(callbacks.push());
        return new ContainerPush(Set.copyOf(push.msgTypes()), push.path(), headers(app, "wx_push"), container);
    }

    private static Map<String, String> headers(AppSettings app, String source) {
        return Map.of(
                "X-WX-SOURCE", source,
                "X-WX-APPID", app.appId(),
                "X-WX-ENV", app.environment().name().toLowerCase(Locale.ROOT));
    }

    /** Stays the same as long as the path does, whatever else is subscribed to; what is not readable as the name of a queue is told apart by its hash. */
    private static String queue(String path) {
        String name = path.substring(1).replace('/', '-');
        boolean isPlain = name.matches("[a-z0-9]{1,40}");
        String end = isPlain ? name : "x" + HexFormat.of().toHexDigits(path.hashCode());
        return "container-events." + end;
    }
}
