package io.miniplane.server.wechat.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.WechatLogin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/** All clients, and a WeChat that says what a test puts into its mouth. */
final class ScriptedWechat implements AutoCloseable {

    static final String TOKEN = "53_averysecretaccesstoken";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final List<Observation.Context> spans = new CopyOnWriteArrayList<>();
    final ClientConfiguration clients;
    final WechatLogin login;
    final CallGuards guards;
    private final Map<String, Function<Asked, Said>> script = new ConcurrentHashMap<>();
    private final DisposableServer server;
    private final ConnectionProvider connections;

    /** A request as it came. */
    record Asked(String method, String path, String query, Map<String, String> headers, String body) {}

    /** What is answered. */
    static final class Said {

        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Said(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        static Said json(String body) {
            return new Said(200, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    ScriptedWechat() {
        this(WechatStage.noSecurity(), InstantSource.system(), Randomness.secure());
    }

    ScriptedWechat(ApiSecuritySettings security, InstantSource clock, Randomness random) {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::answer)
                .bindNow(PATIENCE);
        says("/cgi-bin/stable_token", "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":7200}");
        WechatSettings settings = WechatStage.settings(baseUrl(), Duration.ofSeconds(3), 256);
        AppSettings app = new AppSettings(WechatStage.APP, AppSettings.Environment.DEV, AppSettings.Role.ALL);
        connections = new WechatConfiguration().wechatConnections(settings);
        ApiSecurity secured = security.isOn()
                ? new ApiSecurity(app.appId(), baseUrl(), security, security.parsed(), clock, random)
                : null;
        HttpCalls http = new HttpCalls(WechatConfiguration.client(settings, connections), baseUrl(), secured);
        guards = new CallGuards(settings);
        guards.bindTo(meters);
        WechatCalls calls = new WechatCalls(http, guards, new CallObservations(observations(), settings.baseUrl()));
        AppCredentials credentials = new AppCredentials(WechatStage.APP, WechatStage.SECRET);
        AccessTokens tokens = new AccessTokens(
                new StableTokenEndpoint(calls, credentials, Instant::now),
                new InMemoryForcedRefreshes(Instant::now),
                Instant::now,
                Duration.ofSeconds(200));
        clients = new ClientConfiguration(app, new AuthorisedCalls(calls, tokens, Duration.ofSeconds(3)));
        login = new LoginClient(calls, credentials);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    void says(String path, String json) {
        says(path, asked -> Said.json(json));
    }

    void says(String path, Function<Asked, Said> answer) {
        script.put(path, answer);
    }

    /** The requests of a path, in the order in which they came. */
    List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).toList();
    }

    private ObservationRegistry observations() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(new ObservationHandler<>() {
                    @Override
                    public void onStop(Observation.Context context) {
                        spans.add(context);
                    }

                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return true;
                    }
                });
        return registry;
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asString()
                .defaultIfEmpty("")
                .publishOn(Schedulers.boundedElastic())
                .flatMap(body -> {
                    Asked one = asked(request, body);
                    asked.add(one);
                    Said said = script.getOrDefault(one.path(), nothing -> new Said(404, Map.of(), new byte[0]))
                            .apply(one);
                    said.headers.forEach(response::header);
                    return response.status(said.status)
                            .sendByteArray(Mono.just(said.body))
                            .then();
                });
    }

    private static Asked asked(HttpServerRequest request, String body) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        Map<String, String> headers = new HashMap<>();
        request.requestHeaders()
                .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new Asked(
                request.method().name(), request.fullPath(), mark < 0 ? "" : uri.substring(mark + 1), headers, body);
    }

    @Override
    public void close() {
        connections.dispose();
        server.disposeNow(PATIENCE);
    }
}
