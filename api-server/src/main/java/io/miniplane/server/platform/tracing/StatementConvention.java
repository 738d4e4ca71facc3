package io.miniplane.server.platform.tracing;

import io.micrometer.common.KeyValues;
import io.r2dbc.proxy.observation.QueryContext;
import io.r2dbc.proxy.observation.QueryObservationConvention;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes a statement: its text, in which every value is a placeholder, and never a value. */
final class StatementConvention implements QueryObservationConvention {

    static final String NAME = "r2dbc.query";

    private static final Pattern OPERATION = Pattern.compile("\\b(INSERT|UPDATE|DELETE|SELECT)\\b");
    private static final Pattern TARGET = Pattern.compile("\\b(INTO|UPDATE|FROM)\\s+([a-z_]+)");

    private final KeyValues server;

    /**
     * @param database the name of the database
     * @param host where the server is
     * @param port 1 to 65535
     */
    StatementConvention(String database, String host, int port) {
        this.server = KeyValues.of(
                "db.system.name",
                "postgresql",
                "db.namespace",
                database,
                "server.address",
                host,
                "server.port",
                Integer.toString(port));
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(QueryContext context) {
        return summary(text(context));
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(QueryContext context) {
        return KeyValues.empty();
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(QueryContext context) {
        String text = text(context);
        return server.and("db.query.text", text, "db.query.summary", summary(text));
    }

    private static String text(QueryContext context) {
        return String.join("; ", context.getQueries());
    }

    /** What the statement does first and to which table, such as {@code INSERT orders}; its first word where it does neither. */
    static String summary(String text) {
        Matcher operation = OPERATION.matcher(text);
        if (!operation.find()) {
            return text.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        }
        Matcher target = TARGET.matcher(text);
        return target.find(operation.start()) ? operation.group(1) + " " + target.group(2) : operation.group(1);
    }
}
