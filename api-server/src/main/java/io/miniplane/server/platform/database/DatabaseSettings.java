package io.miniplane.server.platform.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the PostgreSQL server is and who we are there.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param name the database
 * @param username who signs in
 * @param password empty where the server asks for none
 * @param sslMode one of libpq's modes
 * @param connectTimeout the longest wait for one connection
 * @param statementTimeout the longest that one statement may run
 */
@Validated
@ConfigurationProperties("miniplane.database")
record DatabaseSettings(
        @NotBlank(message = "set it to the name or address of the PostgreSQL server")
        String host,

        @Min(value = 1, message = "set it to a port from 1 to 65535")
        @Max(value = 65535, message = "set it to a port from 1 to 65535")
        @DefaultValue("5432")
        int port,

        @NotBlank(message = "set it to the name of the database")
        String name,

        @NotBlank(message = "set it to the user that signs in to the database")
        String username,

        @DefaultValue("") String password,

        @Pattern(
                regexp = "disable|allow|prefer|require|verify-ca|verify-full",
                message = "set it to one of disable, allow, prefer, require, verify-ca, verify-full")
        @DefaultValue("prefer")
        String sslMode,

        @DurationMin(seconds = 1, message = "set it to 1s or more") @DefaultValue("5s")
        Duration connectTimeout,

        @DurationMin(millis = 100, message = "set it to 100ms or more") @DefaultValue("10s")
        Duration statementTimeout) {

    /** Host, port and database as a person would say them. */
    String place() {
        return host + ":" + port + "/" + name;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + place() + "]";
    }
}
