package io.miniplane.server.trial;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.push.PushCallback;
import io.miniplane.simulator.push.PushFormat;
import io.miniplane.simulator.push.PushMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole line on one machine: PostgreSQL, a simulated WeChat and the API server, in the folder it is started in. Ctrl-C stops all of it and
 * removes what it wrote.
 */
public final class Trial implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Trial() {}

    /** Starts everything, seeds it and prints what to try. */
    public static void main(String[] args) throws Exception {
        Trial trial = new Trial();
        Runtime.getRuntime().addShutdownHook(new Thread(trial::close, "trial-stop"));
        endWithTheBuild();
        trial.start();
    }

    /** The build that started the trial may be ended without a word to its children. */
    private static void endWithTheBuild() {
        ProcessHandle.current()
                .parent()
                .ifPresent(build -> Thread.ofPlatform().daemon().start(() -> {
                    build.onExit().join();
                    System.exit(0);
                }));
    }

    private void start() throws Exception {
        TrialFolder folder = keep(TrialFolder.make(Path.of("").toAbsolutePath()));
        EmbeddedPostgres postgres = keep(EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.path("postgres-programs").toFile())
                .setDataDirectory(folder.path("postgres-data"))
                .setRegisterShutdownHook(false)
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start());
        WechatSimulator wechat = keep(WechatSimulator.start(SimulatorOptions.trial(freePort(9090))));
        folder.writeCredentials(postgres.getPort(), SimulatorOptions.TRIAL_SECRET);
        folder.writeKeys();
        int port = freePort(8080);
        folder.writePayments(wechat, port);
        folder.writeConfig(SimulatorOptions.TRIAL_APP_ID, wechat.baseUri(), port, freePort(8081));
        SpringApplication server = new SpringApplication(MiniplaneServer.class);
        server.setRegisterShutdownHook(false);
        ConfigurableApplicationContext context = keep(server.run());
        letWechatPush(wechat, port);
        Tour tour = new Tour(port, wechat);
        tour.stock(postgres.getPostgresDatabase());
        tour.seed();
        if (context.isRunning()) {
            System.out.println(tour.text());
        }
    }

    /** As an owner does in the console of WeChat, which asks the server back before it saves. */
    private static void letWechatPush(WechatSimulator wechat, int port) {
        PushCallback callback = PushCallback.of(
                URI.create("http://127.0.0.1:" + port + "/api/v1/wechat/push"),
                TrialFolder.PUSH_TOKEN,
                TrialFolder.PUSH_KEY,
                PushMode.Safe,
                PushFormat.JSON);
        wechat.control()
                .pushes()
                .configure(SimulatorOptions.TRIAL_APP_ID, callback)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** The preferred port, or any free one when something else has it. */
    private static int freePort(int preferred) throws IOException {
        try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception stillRunning) {
                System.err.println("A part of the trial did not stop cleanly: " + stillRunning);
            }
        }
    }
}
