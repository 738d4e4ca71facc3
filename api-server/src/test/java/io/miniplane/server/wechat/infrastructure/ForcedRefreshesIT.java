package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.wechat.infrastructure.ForcedRefreshes.Answer;
import io.r2dbc.spi.ConnectionFactories;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

class ForcedRefreshesIT {

    private static EmbeddedPostgres postgres;

    private final ForcedRefreshes refreshes = of("wx0123456789abcdef");

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        try (var migration =
                ForcedRefreshesIT.class.getResourceAsStream("/db/migration/V005__wechat_forced_refreshes.sql")) {
            execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void forget() throws SQLException {
        execute("DELETE FROM wechat_forced_refreshes");
    }

    @Test
    void thirty_seconds_lie_between_two() throws SQLException {
        assertThat(result(refreshes.ask()).granted()).isTrue();
        Answer second = result(refreshes.ask());
        assertThat(second.granted()).isFalse();
        assertThat(second.untilNext()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(30));
        assertThat(second.sinceLast()).isLessThan(Duration.ofSeconds(2));
        age("30 seconds");
        assertThat(result(refreshes.ask()).granted()).isTrue();
    }

    @Test
    void a_day_has_twenty() throws SQLException {
        for (int i = 0; i < 20; i++) {
            assertThat(result(refreshes.ask()).granted()).isTrue();
            age("31 seconds");
        }
        Answer oneTooMany = result(refreshes.ask());
        assertThat(oneTooMany.granted()).isFalse();
        assertThat(oneTooMany.untilNext())
                .isBetween(
                        Duration.ofDays(1).minusSeconds(625), Duration.ofDays(1).minusSeconds(620));
        age("24 hours");
        assertThat(result(refreshes.ask()).granted()).isTrue();
        age("31 seconds");
        assertThat(result(refreshes.ask()).granted()).isTrue();
    }

    @Test
    void of_many_servers_that_ask_at_once_one_is_granted() {
        List<Answer> answers = result(Flux.range(0, 30)
                .flatMap(i -> of("wx0123456789abcdef").ask(), 30)
                .collectList());
        assertThat(answers).hasSize(30).filteredOn(Answer::granted).hasSize(1);
    }

    @Test
    void another_app_has_its_own() {
        assertThat(result(refreshes.ask()).granted()).isTrue();
        assertThat(result(of("wxfedcba9876543210").ask()).granted()).isTrue();
    }

    @Test
    void a_database_that_cannot_be_asked_grants_nothing() {
        DatabaseClient gone = DatabaseClient.create(ConnectionFactories.get("r2dbc:postgresql://nobody@localhost:1/x"));
        assertThatThrownBy(() -> result(new PostgresForcedRefreshes("wx0123456789abcdef", gone).ask()))
                .isNotNull();
    }

    @Test
    void a_database_that_hangs_grants_nothing_in_time() throws Exception {
        assertThat(result(refreshes.ask()).granted()).isTrue();
        try (var other = postgres.getPostgresDatabase().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE wechat_forced_refreshes");
            long start = System.nanoTime();
            assertThat(result(refreshes.ask().map(Answer::granted).onErrorReturn(false)))
                    .isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    private static ForcedRefreshes of(String appId) {
        return new PostgresForcedRefreshes(
                appId,
                DatabaseClient.create(ConnectionFactories.get(
                        "r2dbc:postgresql://postgres@localhost:" + postgres.getPort() + "/postgres")));
    }

    /** Lets time pass for what was granted. */
    private static void age(String by) throws SQLException {
        execute("UPDATE wechat_forced_refreshes SET grants = " + "ARRAY(SELECT at - interval '" + by
                + "' FROM unnest(grants) AS at ORDER BY at DESC)");
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
