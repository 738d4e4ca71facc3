package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.OpenApi;
import io.miniplane.server.wechat.WechatLogin;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Puts the client of WeChat together. */
@Configuration(proxyBeanMethods = false)
class WechatConfiguration {

    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    @Bean(destroyMethod = "dispose")
    ConnectionProvider wechatConnections(WechatSettings settings) {
        return ConnectionProvider.builder("wechat")
                .maxConnections(settings.maxConcurrentCalls() * CallGroup.values().length)
                .maxIdleTime(MAX_IDLE)
                .evictInBackground(MAX_IDLE)
                .build();
    }

    /** Whether the keys of API security are there is asked once, for it remembers what WeChat turned out to take. */
    @Bean
    SecuredHttp wechatHttp(
            AppSettings app,
            WechatSettings settings,
            ApiSecuritySettings security,
            ConnectionProvider wechatConnections) {
        ApiSecurity secured = security.isOn()
                ? new ApiSecurity(
                        app.appId(),
                        settings.baseUrl(),
                        security,
                        security.parsed(),
                        InstantSource.system(),
                        Randomness.secure())
                : null;
        return new SecuredHttp(
                new HttpCalls(client(settings, wechatConnections), settings.baseUrl(), secured),
                new OpenHttp(client(settings, wechatConnections, CallGuards.OPEN_CALL), settings.baseUrl(), secured));
    }

    @Bean
    CallGuards wechatGuards(WechatSettings settings, MeterRegistry meters) {
        CallGuards guards = new CallGuards(settings);
        guards.bindTo(meters);
        return guards;
    }

    @Bean
    CallObservations wechatObservations(WechatSettings settings, ObservationRegistry observations) {
        return new CallObservations(observations, settings.baseUrl());
    }

    @Bean
    WechatCalls wechatCalls(SecuredHttp http, CallGuards guards, CallObservations observations) {
        return new WechatCalls(http.own(), guards, observations);
    }

    @Bean
    OpenApi openApi(SecuredHttp http, AccessTokens tokens, CallGuards guards, CallObservations observations) {
        return new OpenCalls(http.open(), tokens, guards.of(CallGroup.CONTAINER), observations);
    }

    @Bean
    WechatLogin wechatLogin(AppSettings app, WechatSettings settings, WechatCalls calls) {
        return new LoginClient(calls, credentials(app, settings));
    }

    @Bean
    ForcedRefreshes forcedRefreshes(AppSettings app, DatabaseClient database) {
        return new PostgresForcedRefreshes(app.appId(), database);
    }

    @Bean
    AccessTokens wechatAccessTokens(
            AppSettings app, WechatSettings settings, WechatCalls calls, ForcedRefreshes forcedRefreshes) {
        InstantSource clock = InstantSource.system();
        StableTokenEndpoint endpoint = new StableTokenEndpoint(calls, credentials(app, settings), clock);
        return new AccessTokens(endpoint, forcedRefreshes, clock, settings.tokenRefreshAhead());
    }

    @Bean
    AuthorisedCalls authorisedCalls(WechatSettings settings, WechatCalls calls, AccessTokens tokens) {
        return new AuthorisedCalls(calls, tokens, settings.timeLimit());
    }

    /** Not observed by itself, because its traces hold the address; and it repeats nothing by itself. */
    static WebClient client(WechatSettings settings, ConnectionProvider connections) {
        return client(settings, connections, settings.timeLimit());
    }

    private static WebClient client(WechatSettings settings, ConnectionProvider connections, Duration limit) {
        HttpClient http = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(limit)
                .disableRetry(true);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
    }

    private static AppCredentials credentials(AppSettings app, WechatSettings settings) {
        return new AppCredentials(app.appId(), settings.appSecret());
    }

    /**
     * What carries calls, of both kinds under one API security.
     *
     * @param own calls that this server writes
     * @param open calls that others have written
     */
    record SecuredHttp(HttpCalls own, OpenHttp open) {}
}
