package io.miniplane.server.platform.database;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How Flyway, the one user of JDBC, reaches the database while the server starts. */
record MigrationConnection(DatabaseSettings settings) implements FlywayConnectionDetails, JdbcConnectionDetails {

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/" + settings.name() + "?sslmode="
                + settings.sslMode() + "&connectTimeout="
                + settings.connectTimeout().toSeconds() + "&ApplicationName=miniplane-migration";
    }

    @Override
    public String getUsername() {
        return settings.username();
    }

    @Override
    public String getPassword() {
        return settings.password();
    }

    @Override
    public String getDriverClassName() {
        return "org.postgresql.Driver";
    }
}
