package io.miniplane.server.platform.startup;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Says which database setting to look at when the first connection or the migration failed. */
final class DatabaseExplanation {

    private final String place;

    DatabaseExplanation(@Nullable ConfigurableApplicationContext context) {
        this.place = context == null ? "" : place(context);
    }

    Optional<String> of(Throwable cause) {
        return switch (cause) {
            case SQLException refused -> Optional.of(sentence(Objects.requireNonNullElse(refused.getSQLState(), "")));
            case FlywayException broken ->
                Optional.of(
                        "the schema of the database" + place
                                + " could not be brought up to date: read the line of Flyway above, and never edit a migration that has run.");
            default -> Optional.empty();
        };
    }

    private String sentence(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                "the database" + place
                        + " refuses the user: check miniplane.database.username and miniplane.database.password.";
            case "3D000" -> "the server has no database" + place + ": create it, or check miniplane.database.name.";
            case "42501" ->
                "the user may not change the schema of the database" + place
                        + ": make the user of miniplane.database.username its owner.";
            default ->
                state.startsWith("08") || state.startsWith("57")
                        ? "the database" + place
                                + " cannot be reached: start it, or check miniplane.database.host and miniplane.database.port."
                        : "the database" + place + " answered with SQL state " + state
                                + " while its schema was brought up to date.";
        };
    }

    private static String place(ConfigurableApplicationContext context) {
        String host = context.getEnvironment().getProperty("miniplane.database.host", "?");
        String port = context.getEnvironment().getProperty("miniplane.database.port", "5432");
        String name = context.getEnvironment().getProperty("miniplane.database.name", "?");
        return " at " + host + ":" + port + "/" + name;
    }
}
