package io.miniplane.server.platform.events;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A connection to RabbitMQ, made again whenever it is lost. All that is done with it is done on one thread of its own, which may block. */
final class RabbitLink {

    private static final Logger LOG = LogManager.getLogger(RabbitLink.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final int MOST_DOUBLINGS = 4;
    private static final int CLOSING_MILLIS = 2000;

    private final String name;
    private final ConnectionFactory factory;
    private final Opened opened;
    private final ScheduledExecutorService thread;
    private final ScheduledExecutorService callbacks;
    private volatile @Nullable Connection connection;
    private volatile boolean isStopping;
    private boolean isFailing;
    private int failures;

    /**
     * @param name what the broker calls the connection
     * @param opened is told of each new connection, on the thread
     */
    RabbitLink(String name, ConnectionFactory factory, Opened opened) {
        this.name = name;
        this.factory = factory;
        this.opened = opened;
        this.thread = Executors.newSingleThreadScheduledExecutor(named(name));
        this.callbacks = Executors.newSingleThreadScheduledExecutor(named(name + "-deliveries"));
    }

    void start() {
        run(this::connect);
    }

    boolean isUp() {
        Connection current = connection;
        return current != null && current.isOpen();
    }

    /** The open connection. */
    Connection connection() {
        Connection current = connection;
        if (current == null || !current.isOpen()) {
            throw new BrokerAwayException("RabbitMQ is away");
        }
        return current;
    }

    /** Does something on the thread; nothing any more after the end. */
    void run(Runnable work) {
        later(work, Duration.ZERO);
    }

    void later(Runnable work, Duration pause) {
        try {
            ScheduledFuture<?> _ = thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.debug("Left undone at the end of {}", name);
        }
    }

    /** Works something out on the thread. */
    <T> Mono<T> call(Work<T> work) {
        return Mono.create(sink -> run(() -> {
            try {
                sink.success(work.done());
            } catch (IOException | TimeoutException | RuntimeException fault) {
                sink.error(fault);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                sink.error(ended);
            }
        }));
    }

    Mono<Void> stop() {
        isStopping = true;
        Mono<Void> closed = Mono.create(sink -> run(() -> {
            close();
            thread.shutdown();
            callbacks.shutdown();
            sink.success();
        }));
        return closed.timeout(Duration.ofMillis(2 * CLOSING_MILLIS)).onErrorComplete();
    }

    private void close() {
        Connection current = connection;
        if (current != null) {
            current.abort(CLOSING_MILLIS);
        }
    }

    private void connect() {
        if (isStopping || isUp()) {
            return;
        }
        Connection made = null;
        try {
            made = factory.newConnection(callbacks, name);
            connection = made;
            made.addShutdownListener(cause -> again());
            opened.at(made);
            connected();
        } catch (IOException | TimeoutException | RuntimeException fault) {
            failed(fault);
            if (made == null) {
                again();
            } else {
                made.abort(CLOSING_MILLIS);
            }
        }
    }

    private void again() {
        if (!isStopping) {
            later(this::connect, Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS)));
        }
    }

    private void connected() {
        failures = 0;
        isFailing = false;
        LOG.info("Connected to RabbitMQ: {}", name);
    }

    private void failed(Exception fault) {
        failures++;
        if (!isFailing) {
            isFailing = true;
            LOG.warn(
                    "RabbitMQ is away, events wait in the outbox and it is tried again: {} for {}",
                    fault.getClass().getName(),
                    name);
        }
    }

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Takes a new connection into use. */
    @FunctionalInterface
    interface Opened {
        void at(Connection connection) throws IOException;
    }

    /** Something that may block. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws IOException, TimeoutException, InterruptedException;
    }
}
