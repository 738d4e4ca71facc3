package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.WechatPhone;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import reactor.netty.resources.ConnectionProvider;

/** The clients of several servers, each put together as a server does it, and one simulated WeChat. */
final class WechatFleet implements AutoCloseable {

    private static final AppCredentials CREDENTIALS = new AppCredentials(WechatStage.APP, WechatStage.SECRET);

    final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());
    final InMemoryForcedRefreshes forcedRefreshes =
            new InMemoryForcedRefreshes(simulator.control().clock());
    final List<WechatPhone> phones;
    private final List<ConnectionProvider> connections = new ArrayList<>();
    private final WechatCalls byHand;

    WechatFleet(int servers) {
        byHand = calls();
        phones = IntStream.range(0, servers).mapToObj(i -> server()).toList();
    }

    private WechatPhone server() {
        WechatCalls calls = calls();
        var clock = simulator.control().clock();
        AccessTokens tokens = new AccessTokens(
                new StableTokenEndpoint(calls, CREDENTIALS, clock), forcedRefreshes, clock, Duration.ofSeconds(200));
        return new ClientConfiguration(app(), new AuthorisedCalls(calls, tokens, Duration.ofSeconds(3))).wechatPhone();
    }

    private WechatCalls calls() {
        WechatConfiguration configuration = new WechatConfiguration();
        WechatSettings settings = WechatStage.settings(simulator.baseUri().toString(), Duration.ofSeconds(3), 256);
        ConnectionProvider provider = configuration.wechatConnections(settings);
        connections.add(provider);
        return configuration.wechatCalls(
                configuration.wechatHttp(app(), settings, WechatStage.noSecurity(), provider),
                configuration.wechatGuards(settings, new SimpleMeterRegistry()),
                configuration.wechatObservations(settings, ObservationRegistry.create()));
    }

    private static AppSettings app() {
        return new AppSettings(WechatStage.APP, AppSettings.Environment.DEV, AppSettings.Role.ALL);
    }

    /** Has the token replaced by force, past all rules of ours; false when WeChat grants no more. */
    boolean forceByHand() {
        return WechatStage.result(
                new StableTokenEndpoint(byHand, CREDENTIALS, simulator.control().clock())
                        .fetch(true)
                        .hasElement()
                        .onErrorReturn(false));
    }

    @Override
    public void close() {
        connections.forEach(ConnectionProvider::dispose);
        simulator.close();
    }
}
