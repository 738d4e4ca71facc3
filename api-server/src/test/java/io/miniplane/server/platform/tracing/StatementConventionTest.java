package io.miniplane.server.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementConventionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM users WHERE id = $1 | SELECT users",
                "INSERT INTO inbox (event_id, queue) VALUES ($1, $2) ON CONFLICT DO NOTHING | INSERT inbox",
                "UPDATE orders SET status = $1 | UPDATE orders",
                "DELETE FROM sessions WHERE id = $1 | DELETE sessions",
                "WITH placed AS (INSERT INTO orders (id) SELECT $1) SELECT id FROM placed | INSERT orders",
                "SELECT pg_try_advisory_xact_lock($1) | SELECT",
                "begin isolation level serializable | BEGIN"
            })
    void aStatementIsCalledByWhatItDoesFirst(String text, String summary) {
        assertThat(StatementConvention.summary(text)).isEqualTo(summary);
    }
}
