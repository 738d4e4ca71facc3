package io.miniplane.server.stage;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A backend as a cluster runs it: one database, one set of keys, WeChat's stand-in, and as many servers as a test starts. */
public final class Backend implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = startPostgres();

    private final String database = "identity_" + DATABASES.incrementAndGet();
    private final KeysetDirectory keys;
    private final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());
    private final List<ConfigurableApplicationContext> servers = new ArrayList<>();

    /** Makes the keys in an empty folder, and an empty database. */
    public Backend(Path keyFolder) {
        keys = KeysetDirectory.fresh(keyFolder);
        administer("CREATE DATABASE " + database);
    }

    /** Starts a server on free ports, with more settings if need be, each as {@code --name=value}. */
    public Api startServer(String... settings) {
        return startServerWith(new Class<?>[0], settings);
    }

    /** Starts a server that has the beans of more configurations. */
    public Api startServerWith(Class<?>[] configurations, String... settings) {
        ConfigurableApplicationContext server = new SpringApplicationBuilder(MiniplaneServer.class)
                .sources(configurations)
                .run(arguments(settings));
        servers.add(server);
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        return new Api(URI.create("http://127.0.0.1:" + port), server);
    }

    /** What a server of this backend is started with, each as {@code --name=value}. */
    public List<String> settings() {
        return List.of(arguments());
    }

    /** Lets a user who never came before call {@code wx.login}. */
    public String loginCode() {
        return simulator.control().loginCode(SimulatorOptions.TRIAL_APP_ID).code();
    }

    /** Lets a user call {@code wx.login}. */
    public String loginCode(String openId) {
        return simulator
                .control()
                .loginCode(SimulatorOptions.TRIAL_APP_ID, openId)
                .code();
    }

    /** A user of WeChat. */
    public String newOpenId() {
        return simulator.control().newUser().openId();
    }

    public WechatSimulator simulator() {
        return simulator;
    }

    public KeysetDirectory keys() {
        return keys;
    }

    /** The rows of a query as the database holds them. */
    public List<Map<String, Object>> rows(String sql) {
        try (Connection connection = POSTGRES.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> row = new HashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows behind the servers' back. */
    public void execute(String sql) {
        administer(POSTGRES.getDatabase("postgres", database), sql);
    }

    /** Keeps everybody else out of a table until it is closed. */
    public AutoCloseable lock(String table) throws SQLException {
        Connection connection = POSTGRES.getDatabase("postgres", database).getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table);
        }
        return connection;
    }

    /** Begins a transaction and never ends it. */
    public void hold(String sql) throws SQLException {
        Connection connection = POSTGRES.getDatabase("postgres", database).getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets a commit be told only when it outlives a crash of PostgreSQL, as it is everywhere but in tests; for connections from now on. */
    public void commitForGood() {
        administer("ALTER DATABASE " + database + " SET synchronous_commit = on");
    }

    /** Restarts PostgreSQL after a crash: every connection breaks, and it recovers from its log. */
    public void restartDatabase() {
        Path data = Path.of((String) rows("SHOW data_directory").getFirst().get("data_directory"));
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            Path program =
                    Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow());
            List<String> command = new ArrayList<>(List.of(
                    program.resolveSibling("pg_ctl").toString(), "restart", "-m", "immediate", "-w", "-D", "" + data));
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(0, List.of("unshare", "-U"));
            }
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("PostgreSQL does not restart: " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the database away from the servers: connections break and new ones are refused. */
    public void stopDatabase() {
        administer("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    /** Gives the database back. */
    public void startDatabase() {
        administer("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }

    @Override
    public void close() {
        servers.forEach(ConfigurableApplicationContext::close);
        simulator.close();
    }

    /** The program arguments of a server of this backend; a setting of a test takes the place of ours, for Spring would join the two. */
    public String[] arguments(String... settings) {
        Map<String, String> byName = new LinkedHashMap<>();
        Stream.of(arguments(), settings)
                .flatMap(Stream::of)
                .forEach(setting -> byName.put(setting.substring(0, setting.indexOf('=') + 1), setting));
        return byName.values().toArray(String[]::new);
    }

    private String[] arguments() {
        return new String[] {
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--management.server.port=0",
            "--miniplane.app-id=" + SimulatorOptions.TRIAL_APP_ID,
            "--miniplane.wechat.base-url=" + simulator.baseUri(),
            "--miniplane.wechat.app-secret=" + SimulatorOptions.TRIAL_SECRET,
            "--miniplane.keys.directory=" + keys.path(),
            "--miniplane.keys.poll=100ms",
            "--miniplane.rate-limit.enabled=false",
            "--miniplane.rate-limit.user.enabled=false",
            "--miniplane.identity.login-throttle.enabled=false",
            "--miniplane.database.host=localhost",
            "--miniplane.database.port=" + POSTGRES.getPort(),
            "--miniplane.database.name=" + database,
            "--miniplane.database.username=postgres",
            "--miniplane.database.password="
        };
    }

    private static void administer(String sql) {
        administer(POSTGRES.getPostgresDatabase(), sql);
    }

    private static void administer(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
