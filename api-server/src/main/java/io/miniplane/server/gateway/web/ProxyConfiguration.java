package io.miniplane.server.gateway.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.identity.CallersAtWechat;
import io.miniplane.server.identity.CodeLogin;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.TokenVerifier;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.server.WebsocketServerSpec;

/** Puts the proxy together where a container is named; elsewhere nothing of it is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("miniplane.gateway.upstream-url")
class ProxyConfiguration {

    private static final String ADDRESS = "set it to the address of the container, such as http://127.0.0.1:8080";
    private static final int LARGEST_FRAME = 1024 * 1024;
    private static final List<MediaType> PIECEWISE = List.of(
            MediaType.TEXT_EVENT_STREAM,
            MediaType.APPLICATION_NDJSON,
            MediaType.parseMediaType("application/stream+json"));

    @Bean
    ProxiedRoutes proxiedRoutes(GatewaySettings settings) {
        return new ProxiedRoutes(settings.routes(), upstream(settings));
    }

    @Bean
    RouteAccess proxiedAccess(ProxiedRoutes routes) {
        return routes.access();
    }

    @Bean
    ProxyEntrance proxyEntrance(ProxiedRoutes routes, CodeLogin login) {
        return new ProxyEntrance(routes, login);
    }

    @Bean
    Flights flights(GatewaySettings settings, MeterRegistry meters) {
        return new Flights(settings.drain(), meters);
    }

    @Bean
    CallerHeaders callerHeaders(CallersAtWechat callers, Keysets keysets, AppSettings app) {
        CallerProof proof = new CallerProof(keysets::tokenKeys, app.appId(), InstantSource.system());
        return new CallerHeaders(callers, proof, app);
    }

    @Bean
    StillWelcome stillWelcome(TokenVerifier verifier, GatewaySettings settings) {
        return new StillWelcome(verifier, settings.recheck());
    }

    @Bean
    ProxySteps proxySteps(
            GatewaySettings settings,
            Flights flights,
            CallerHeaders callers,
            ObservationRegistry observations,
            StillWelcome welcome) {
        return new ProxySteps(upstream(settings), flights, callers, new UpstreamSpan(observations), welcome);
    }

    @Bean
    ProxyMapping proxyMapping(
            ProxySteps steps,
            ProxiedRoutes routes,
            GatewaySettings settings,
            StillWelcome welcome,
            Environment environment) {
        UpstreamHeaders asked = new UpstreamHeaders();
        AnswerHeaders answered = new AnswerHeaders();
        List<GlobalFilter> filters = List.of(
                steps,
                new NettyWriteResponseFilter(PIECEWISE, UpstreamClient.listed(List.of())),
                new Attempts(),
                passage(asked, welcome),
                new UpstreamClient(settings.pool(), List.of(asked, answered)));
        return new ProxyMapping(new FilteringWebHandler(filters, true), routes, environment);
    }

    private static WebSocketPassage passage(UpstreamHeaders asked, StillWelcome welcome) {
        ReactorNettyWebSocketClient client = new ReactorNettyWebSocketClient(
                UpstreamClient.lasting(), () -> WebsocketClientSpec.builder().maxFramePayloadLength(LARGEST_FRAME));
        HandshakeWebSocketService service = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
                () -> WebsocketServerSpec.builder().maxFramePayloadLength(LARGEST_FRAME)));
        return new WebSocketPassage(client, service, asked, welcome);
    }

    private static URI upstream(GatewaySettings settings) {
        URI url = Objects.requireNonNull(settings.upstreamUrl());
        boolean isPlain = url.getHost() != null
                && List.of("http", "https").contains(url.getScheme())
                && List.of("", "/").contains(Objects.requireNonNullElse(url.getRawPath(), ""))
                && url.getRawQuery() == null
                && url.getRawUserInfo() == null;
        if (!isPlain) {
            throw new InvalidConfigurationPropertyValueException("miniplane.gateway.upstream-url", url, ADDRESS);
        }
        return url;
    }
}
