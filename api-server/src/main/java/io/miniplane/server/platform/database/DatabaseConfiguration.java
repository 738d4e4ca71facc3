package io.miniplane.server.platform.database;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    R2dbcConnectionDetails databaseConnection(DatabaseSettings settings) {
        ConnectionFactoryOptions options = options(settings);
        return () -> options;
    }

    @Bean
    MigrationConnection migrationConnection(DatabaseSettings settings) {
        return new MigrationConnection(settings);
    }

    @Bean
    DatabaseProbe databaseProbe(R2dbcConnectionDetails connection) {
        return new DatabaseProbe(ConnectionFactories.get(connection.getConnectionFactoryOptions()));
    }

    private static ConnectionFactoryOptions options(DatabaseSettings settings) {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, settings.host())
                .option(ConnectionFactoryOptions.PORT, settings.port())
                .option(ConnectionFactoryOptions.DATABASE, settings.name())
                .option(ConnectionFactoryOptions.USER, settings.username())
                .option(ConnectionFactoryOptions.PASSWORD, settings.password())
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, settings.connectTimeout())
                .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, settings.statementTimeout())
                .option(PostgresqlConnectionFactoryProvider.SSL_MODE, SSLMode.fromValue(settings.sslMode()))
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "miniplane")
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                .build();
    }
}
