package io.miniplane.operator.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.miniplane.operator.signals.QueueLength;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves external metrics to the API server over HTTPS, and to nobody else. Every operator does, whether it leads or not. */
public final class MetricsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long REFRESH_SECONDS = 60;
    private static final long RETRY_SECONDS = 2;
    private static final String SELECTOR = "labelSelector=";

    private final KubernetesClient client;
    private final CertificateStore certificates;
    private final ExternalMetricsApi api;
    private final HttpsServer server;
    private final MetricsTls tls = new MetricsTls();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics-certificates").factory());
    private volatile @Nullable String bundle;

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     * @param queues the queue lengths of the backends of a namespace, by their names
     */
    public MetricsServer(
            KubernetesClient client,
            MetricsService service,
            int port,
            Function<String, Map<String, QueueLength>> queues,
            InstantSource clock)
            throws IOException {
        this.client = client;
        this.certificates = new CertificateStore(client, service, clock);
        this.api = new ExternalMetricsApi(queues, clock);
        this.server = HttpsServer.create(new InetSocketAddress(port), 0);
        server.setHttpsConfigurator(new OnlyKnownClients(tls));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        refresher.execute(this::refresh);
    }

    /** The port that is served. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The certificates that the API server must trust, in base64; nothing before there are any. */
    Optional<String> bundle() {
        return Optional.ofNullable(bundle);
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }

    private void refresh() {
        boolean done = false;
        try {
            tls.trust(FrontProxy.from(authentication()));
            CertificatePair pair = certificates.load();
            tls.serve(pair.current());
            bundle = pair.bundle();
            done = true;
        } catch (GeneralSecurityException | KubernetesClientException e) {
            LOG.warn("External metrics can't be served as they should: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The certificates of external metrics can't be looked at; this is tried again.", e);
        }
        if (!refresher.isShutdown()) {
            var _ = refresher.schedule(this::refresh, done ? REFRESH_SECONDS : RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Map<String, String> authentication() throws GeneralSecurityException {
        var settings = client.configMaps()
                .inNamespace("kube-system")
                .withName("extension-apiserver-authentication")
                .get();
        if (settings == null) {
            throw new GeneralSecurityException("ConfigMap kube-system/extension-apiserver-authentication is missing");
        }
        return Objects.requireNonNullElse(settings.getData(), Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExternalMetricsApi.Answer answer = exchange.getRequestMethod().equals("GET")
                    ? api.get(exchange.getRequestURI().getPath(), labelSelector(exchange))
                    : ExternalMetricsApi.refusal(405, "MethodNotAllowed", "External metrics can only be read");
            byte[] body = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (RuntimeException e) {
            LOG.error("A question for external metrics could not be answered.", e);
        }
    }

    private static String labelSelector(HttpExchange exchange) {
        return Stream.ofNullable(exchange.getRequestURI().getRawQuery())
                .flatMap(query -> Stream.of(query.split("&")))
                .filter(parameter -> parameter.startsWith(SELECTOR))
                .map(parameter -> URLDecoder.decode(parameter.substring(SELECTOR.length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private static final class OnlyKnownClients extends HttpsConfigurator {

        OnlyKnownClients(MetricsTls tls) {
            super(tls.context());
        }

        @Override
        public void configure(HttpsParameters connection) {
            SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
            parameters.setNeedClientAuth(true);
            connection.setSSLParameters(parameters);
        }
    }
}
