package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.OpenApi;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatLogin;
import io.miniplane.server.wechat.WechatPhone;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.control.Control;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

/** The client and a simulated WeChat, which share a clock. */
final class WechatStage implements AutoCloseable {

    static final String APP = SimulatorOptions.TRIAL_APP_ID;
    static final String SECRET = SimulatorOptions.TRIAL_SECRET;
    static final String LOGIN = "/sns/jscode2session";
    static final String TOKEN = "/cgi-bin/stable_token";
    static final String PHONE = "/wxa/business/getuserphonenumber";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());
    final Control control = simulator.control();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final WechatLogin login;
    final WechatPhone phone;
    final ClientConfiguration clients;
    final AccessTokens tokens;
    final OpenApi open;
    private final ConnectionProvider connections;

    /** With the limits that production has. */
    WechatStage() {
        this(Duration.ofSeconds(3), 256);
    }

    WechatStage(Duration timeLimit, int maxConcurrentCalls) {
        this(timeLimit, maxConcurrentCalls, control -> noSecurity());
    }

    /** With API security as it is set up with the simulator. */
    WechatStage(Function<Control, ApiSecuritySettings> security) {
        this(Duration.ofSeconds(3), 256, security);
    }

    private WechatStage(Duration timeLimit, int maxConcurrentCalls, Function<Control, ApiSecuritySettings> security) {
        WechatSettings settings = settings(simulator.baseUri().toString(), timeLimit, maxConcurrentCalls);
        WechatConfiguration configuration = new WechatConfiguration();
        AppSettings app = new AppSettings(APP, AppSettings.Environment.DEV, AppSettings.Role.ALL);
        connections = configuration.wechatConnections(settings);
        WechatConfiguration.SecuredHttp http =
                configuration.wechatHttp(app, settings, security.apply(control), connections);
        CallGuards guards = configuration.wechatGuards(settings, meters);
        CallObservations told = configuration.wechatObservations(settings, observations());
        WechatCalls calls = configuration.wechatCalls(http, guards, told);
        AppCredentials credentials = new AppCredentials(APP, SECRET);
        tokens = new AccessTokens(
                new StableTokenEndpoint(calls, credentials, control.clock()),
                new InMemoryForcedRefreshes(control.clock()),
                control.clock(),
                settings.tokenRefreshAhead());
        open = configuration.openApi(http, tokens, guards, told);
        login = configuration.wechatLogin(app, settings, calls);
        clients = new ClientConfiguration(app, new AuthorisedCalls(calls, tokens, timeLimit));
        phone = clients.wechatPhone();
    }

    static ApiSecuritySettings noSecurity() {
        return new ApiSecuritySettings(null, null, null, null, null, null, "AES256_GCM", "RSAwithSHA256", List.of());
    }

    static WechatSettings settings(String baseUrl, Duration timeLimit, int maxConcurrentCalls) {
        return new WechatSettings(
                baseUrl,
                SECRET,
                timeLimit,
                Duration.ofSeconds(1),
                maxConcurrentCalls,
                Duration.ofMillis(300),
                Duration.ofSeconds(200));
    }

    private ObservationRegistry observations() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return registry;
    }

    long requests(String path) {
        return control.requests().count(path);
    }

    String newCode() {
        return control.loginCode(APP).code();
    }

    static <T> T result(Mono<T> mono) {
        return mono.block(PATIENCE);
    }

    /** What a call fails with. */
    static WechatFailure failure(Mono<?> mono) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        mono.then()
                .onErrorResume(failure -> {
                    thrown.set(failure);
                    return Mono.empty();
                })
                .block(PATIENCE);
        if (thrown.get() instanceof WechatFailure failure) {
            return failure;
        }
        throw new AssertionError("A WechatFailure was expected", thrown.get());
    }

    /** Everything that a log could show of a failure. */
    static String everythingSaidBy(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public void close() {
        connections.dispose();
        simulator.close();
    }
}
