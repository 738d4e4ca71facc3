package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
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

    @Bean
    HttpCalls wechatHttpCalls(
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
        return new HttpCalls(client(settings, wechatConnections), settings.baseUrl(), secured);
    }

    @Bean
    WechatCalls wechatCalls(
            WechatSettings settings, HttpCalls http, MeterRegistry meters, ObservationRegistry observations) {
        CallGuards guards = new CallGuards(settings);
        guards.bindTo(meters);
        return new WechatCalls(http, guards, observations);
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
    AuthorisedCalls authorisedCalls(
            AppSettings app, WechatSettings settings, WechatCalls calls, ForcedRefreshes forcedRefreshes) {
        InstantSource clock = InstantSource.system();
        StableTokenEndpoint endpoint = new StableTokenEndpoint(calls, credentials(app, settings), clock);
        AccessTokens tokens = new AccessTokens(endpoint, forcedRefreshes, clock, settings.tokenRefreshAhead());
        return new AuthorisedCalls(calls, tokens, settings.timeLimit());
    }

    /** Not observed by itself, because its traces hold the address; and it repeats nothing by itself. */
    static WebClient client(WechatSettings settings, ConnectionProvider connections) {
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

    private static AppCredentials credentials(AppSettings app, WechatSettings settings) {
        return new AppCredentials(app.appId(), settings.appSecret());
    }
}
