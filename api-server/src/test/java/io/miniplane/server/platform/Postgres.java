package io.miniplane.server.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One real PostgreSQL server for all tests of this JVM. */
public final class Postgres {

    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    /** The port it listens on. */
    public static int port() {
        return SERVER.getPort();
    }

    /** Makes an empty database for a server that migrates it. */
    public static void create(String database) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The program arguments that lead a server to it, on free ports and apart from other tests' limits. */
    public static List<String> arguments(int databasePort, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--miniplane.app-id=wx0123456789abcdef",
                "--miniplane.database.host=localhost",
                "--miniplane.database.port=" + databasePort,
                "--miniplane.database.name=postgres",
                "--miniplane.database.username=postgres",
                "--spring.flyway.locations=classpath:no-migrations",
                "--spring.flyway.fail-on-missing-locations=false"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
