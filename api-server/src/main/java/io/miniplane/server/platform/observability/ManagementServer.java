package io.miniplane.server.platform.observability;

import io.miniplane.server.platform.AppSettings;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * The port of the cluster: probes, signals and metrics, nothing else, apart from the chain of the public port. It opens before that port and closes after it,
 * so that the probes tell of the drain.
 */
@Component
public final class ManagementServer implements SmartLifecycle {

    private static final Logger LOG = LogManager.getLogger(ManagementServer.class);
    private static final int OUTSIDE_OF_WEB_SERVER = DEFAULT_PHASE - 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpServer server;
    private volatile @Nullable DisposableServer running;
    private final int wanted;
    private final boolean isWatched;

    ManagementServer(ManagementSettings settings, ManagementRoutes routes, AppSettings app) {
        this.isWatched = app.role() != AppSettings.Role.TASK;
        this.wanted = settings.port();
        this.server = HttpServer.create()
                .port(wanted)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes.routes())));
    }

    @Override
    public void start() {
        try {
            running = server.bindNow(PATIENCE);
        } catch (ChannelBindException taken) {
            throw new PortInUseException(wanted, taken);
        }
        LOG.info("The management port is {}", port());
    }

    @Override
    public void stop() {
        DisposableServer open = running;
        running = null;
        if (open != null) {
            open.disposeNow(PATIENCE);
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** Nobody probes a task. */
    @Override
    public boolean isAutoStartup() {
        return isWatched;
    }

    @Override
    public int getPhase() {
        return OUTSIDE_OF_WEB_SERVER;
    }

    /**
     * The port that is open, 1 to 65535.
     *
     * @throws IllegalStateException before the start and after the stop
     */
    public int port() {
        DisposableServer open = running;
        if (open == null) {
            throw new IllegalStateException("The management port is not open");
        }
        return open.port();
    }
}
