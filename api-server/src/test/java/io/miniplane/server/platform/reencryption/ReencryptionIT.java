package io.miniplane.server.platform.reencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReencryptionIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String WORK = "--miniplane.keys.reencryption.";
    private static final String[] FAST = {
        WORK + "check=100ms", WORK + "settle=0ms", WORK + "pause=1ms", WORK + "batch=7", WORK + "lease=1s"
    };

    @TempDir
    private Path folders;

    private Backend backend;

    @BeforeEach
    void start() throws IOException {
        backend = new Backend(folder("keys"));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void everyRowComesUnderTheNewKeysAndTheMetricsSaySo() {
        Api server = backend.startServer(FAST);
        People people = People.write(backend, server, 100);
        backend.keys().rotate("data");
        backend.keys().rotate("index");

        awaitComplete(
                server, "users", backend.keys().primary("data"), backend.keys().primary("index"));
        assertThat(people.under(backend.keys().primary("data"), backend.keys().primary("index")))
                .isEqualTo(100);
        people.assertReadableBy(server);
        assertThat(processed(server)).isEqualTo(100);
        assertThat(gauge(server, "miniplane_reencryption_rows_remaining", "table=\"users\""))
                .isZero();
        assertThat(gauge(server, "miniplane_reencryption_completed_key", "keyset=\"data\",table=\"users\""))
                .isEqualTo(backend.keys().primary("data"));

        backend.keys().retire("data");
        backend.keys().retire("index");
        await().atMost(LONG)
                .until(() -> server.context().getBean(Keysets.class).loaded().stream()
                        .allMatch(keys -> keys.all().size() == 1));
        people.assertReadableBy(server);
    }

    @Test
    void whileAnOldKeyIsThereTablesAreReadAgainSoThatAPassBeginsAfterTheLastWriteUnderIt() {
        Api server = backend.startServer(with(FAST, WORK + "recheck-with-old-keys=1s"));
        People people = People.write(backend, server, 30);
        long index = backend.keys().primary("index");
        long old = backend.keys().primary("data");
        awaitComplete(server, "users", old, index);
        Instant once = passStartedAt(server);
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(passStartedAt(server)).isCloseTo(once, within(500, ChronoUnit.MILLIS));

        backend.keys().rotate("data");
        awaitComplete(server, "users", backend.keys().primary("data"), index);
        Instant nobodyWritesUnderIt = Instant.now();
        await().atMost(LONG).until(() -> passStartedAt(server).isAfter(nobodyWritesUnderIt));
        assertThat(people.under(backend.keys().primary("data"), index)).isEqualTo(30);
        assertThat(signalled(server).path("passAgeSeconds").asDouble()).isBetween(0.0, 30.0);
        assertThat(signalled(server).path("dataKey").asLong())
                .isEqualTo(backend.keys().primary("data"));
        assertThat(signalled(server).path("remaining").asLong(-1)).isZero();
    }

    @Test
    void anotherWorkerGoesOnWhereOneFellSilent() {
        Api one = backend.startServer(
                WORK + "check=100ms", WORK + "settle=0ms", WORK + "pause=100ms", WORK + "batch=5", WORK + "lease=2s");
        People people = People.write(backend, one, 100);
        backend.keys().rotate("data");
        await().atMost(LONG).until(() -> processed(one) >= 20);

        one.context().close();
        long before =
                people.under(backend.keys().primary("data"), backend.keys().primary("index"));
        assertThat(before).isBetween(20L, 99L);

        Api other = backend.startServer(FAST);
        awaitComplete(
                other, "users", backend.keys().primary("data"), backend.keys().primary("index"));
        assertThat(people.under(backend.keys().primary("data"), backend.keys().primary("index")))
                .isEqualTo(100);
        people.assertReadableBy(other);
        assertThat(processed(other)).isEqualTo(100 - before);
    }

    @Test
    void twoWorkersNeverDoTheSameRowTwice() {
        Api one = backend.startServer(FAST);
        Api other = backend.startServer(FAST);
        People people = People.write(backend, one, 300);
        backend.keys().rotate("data");

        awaitComplete(
                one, "users", backend.keys().primary("data"), backend.keys().primary("index"));
        people.assertReadableBy(other);
        assertThat(processed(one) + processed(other)).isEqualTo(300);
    }

    @Test
    void rowsWhoseKeyIsGoneAreCountedAndLeft() {
        Api server = backend.startServer(FAST);
        People.write(backend, server, 9);
        List<Map<String, Object>> before = hashes();
        backend.keys().replace("data");

        awaitComplete(
                server, "users", backend.keys().primary("data"), backend.keys().primary("index"));
        assertThat(gauge(server, "miniplane_reencryption_rows_unreadable", "table=\"users\""))
                .isEqualTo(9);
        assertThat(processed(server)).isZero();
        assertThat(hashes()).hasSize(9).isEqualTo(before);
    }

    @Test
    void noRowIsRewrittenWhileWorkersDisagreeOnThePrimaryKey() throws IOException {
        String[] slow = {WORK + "check=100ms", WORK + "settle=1500ms", WORK + "pause=1ms", WORK + "batch=7"};
        Api one = backend.startServer(slow);
        People people = People.write(backend, one, 30);
        var late = backend.keys().copyTo(folder("late"));
        Api other = backend.startServer(with(slow, "--miniplane.keys.directory=" + late.path()));
        long old = backend.keys().primary("data");
        long index = backend.keys().primary("index");
        awaitComplete(one, "users", old, index);

        backend.keys().introduce("data");
        late.write("data", backend.keys().text("data"));
        backend.keys().promote("data");
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        assertThat(people.under(old, index)).isEqualTo(30);

        late.write("data", backend.keys().text("data"));
        awaitComplete(other, "users", backend.keys().primary("data"), index);
        assertThat(people.under(backend.keys().primary("data"), index)).isEqualTo(30);
        people.assertReadableBy(one);
    }

    @Test
    void aServerThatOnlyAnswersDoesNotWork() {
        Api server = backend.startServer(with(FAST, "--miniplane.role=api"));
        People people = People.write(backend, server, 3);
        long old = backend.keys().primary("data");
        backend.keys().rotate("data");
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        assertThat(people.under(old, backend.keys().primary("index"))).isEqualTo(3);
        assertThat(server.context().getBean(Reencryption.class).tables()).isEmpty();
    }

    private static Instant passStartedAt(Api server) {
        return server.context().getBean(Reencryption.class).tables().stream()
                .filter(done -> done.table().equals("users"))
                .map(ReencryptedTable::passStartedAt)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode signalled(Api server) {
        return server.signals()
                .path("reencryption")
                .valueStream()
                .filter(table -> table.path("table").asString().equals("users"))
                .findFirst()
                .orElseThrow();
    }

    private List<Map<String, Object>> hashes() {
        return backend.rows("SELECT id, md5(nickname || phone || phone_index) AS hash FROM users ORDER BY id");
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folders.resolve(name));
    }

    private static String[] with(String[] settings, String more) {
        return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
    }

    private static void awaitComplete(Api server, String table, long data, long index) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                server.context().getBean(Reencryption.class).tables())
                        .filteredOn(done -> done.table().equals(table))
                        .singleElement()
                        .satisfies(done -> assertThat(done.dataKey()).isEqualTo(data))
                        .satisfies(done -> assertThat(done.indexKey()).isEqualTo(index)));
    }

    private static long processed(Api server) {
        return gauge(server, "miniplane_reencryption_rows_processed_total", "table=\"users\"");
    }

    private static long gauge(Api server, String name, String labels) {
        return server.metrics()
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(labels))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
