package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.WechatLogin;
import io.miniplane.server.wechat.WechatPhone;
import io.miniplane.server.wechat.WechatSessions;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
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
    WechatCalls wechatCalls(
            WechatSettings settings,
            ConnectionProvider wechatConnections,
            MeterRegistry meters,
            ObservationRegistry observations) {
        CallGuards guards = new CallGuards(settings);
        guards.bindTo(meters);
        HttpCalls http = new HttpCalls(client(settings, wechatConnections), settings.baseUrl());
        return new WechatCalls(http, guards, observations);
    }

    @Bean
    WechatLogin wechatLogin(AppSettings app, WechatSettings settings, WechatCalls calls) {
        return new LoginClient(calls, credentials(app, settings));
    }

    @Bean
    AuthorisedCalls authorisedCalls(AppSettings app, WechatSettings settings, WechatCalls calls) {
        InstantSource clock = InstantSource.system();
        StableTokenEndpoint endpoint = new StableTokenEndpoint(calls, credentials(app, settings), clock);
        return new AuthorisedCalls(
                calls, new AccessTokens(endpoint, clock, settings.tokenRefreshAhead()), settings.timeLimit());
    }

    @Bean
    WechatPhone wechatPhone(AppSettings app, WechatSettings settings, AuthorisedCalls calls) {
        return new PhoneClient(calls, credentials(app, settings));
    }

    @Bean
    ContentChecks contentChecks(AuthorisedCalls calls) {
        return new ContentClient(calls);
    }

    @Bean
    RiskRanks riskRanks(AppSettings app, AuthorisedCalls calls) {
        return new RiskClient(calls, app.appId());
    }

    @Bean
    WechatSessions wechatSessions(AuthorisedCalls calls) {
        return new SessionClient(calls);
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
