package io.miniplane.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSecretTest {

    private static final List<String> KEYS = List.of("host", "port", "dbname", "username", "password", "sslmode");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgresql://shop:s%40cret@db:5433/orders?sslmode=verify-full, db, 5433, orders, shop, s@cret, verify-full",
                "postgres://shop:a+b@db.example/orders, db.example, -, orders, shop, a+b, -",
                "jdbc:postgresql://db/orders?user=x&sslmode=require&x=y, db, -, orders, -, -, require",
                "postgresql://shop@[::1]:1/orders?x=y, [::1], 1, orders, shop, -, -",
                "postgresql://shop:100%@db, db, -, -, shop, 100%, -",
                "amqp://shop:secret@rabbit/vhost, -, -, -, -, -, -"
            })
    void anAddressHasItsParts(
            String uri, String host, String port, String database, String user, String password, String sslMode) {
        assertThat(KEYS.stream().map(key -> DatabaseSecret.value(key, Map.of("uri", uri))))
                .containsExactly(host, port, database, user, password, sslMode);
    }

    @Test
    void aKeyOfItsOwnComesBeforeOtherNamesAndTheAddress() {
        var content = Map.of("uri", "postgresql://u:p@h/d", "database", "b", "dbname", "a", "user", "c", "host", "x");

        assertThat(KEYS.stream().map(key -> DatabaseSecret.value(key, content)))
                .containsExactly("x", null, "a", "c", "p", null);
    }
}
