package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.MerchantSettings;
import io.miniplane.server.stage.StaffIssuer;
import io.miniplane.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of every kind at every operation, right ones and wrong ones, with a token and without, made out of the document that the server gives
 * out. Nothing may fail on the server's side, and no answer may be one that the document does not describe. {@code -Dminiplane.fuzz.seed} replays a
 * run and {@code -Dminiplane.fuzz.cases} lengthens it.
 */
class FuzzIT {

    private static final Path REPORTS = Path.of("target/fuzzing").toAbsolutePath();
    private static final Path LOG = REPORTS.resolve("fuzzing.log");
    private static final Path ANSWERS = REPORTS.resolve("answers.txt");
    private static final String PUSH_TOKEN = "fuzzing";
    private static final String DEAD_LETTERS = """
            WITH written AS (
                INSERT INTO outbox (id, type, schemaversion, aggregatetype, aggregateid, time, data, relayed_at)
                SELECT gen_random_uuid(), 'user.deleted', 1, 'user', gen_random_uuid()::text, now(), '{}', now()
                FROM generate_series(1, 500)
                RETURNING position
            )
            INSERT INTO queue_messages (position, queue, lane, attempts, last_error, dead_at)
            SELECT position, 'content.deleted-authors', position, 20, 'The database was away', now() FROM written
            """;
    private static final Duration A_WHILE = Duration.ofHours(1);
    private static final String MISSING = "Nothing is fuzzed: this machine lacks schemathesis (.ci/run installs it)";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTheFolder() throws IOException {
        Files.createDirectories(REPORTS);
        Files.deleteIfExists(ANSWERS);
    }

    @Test
    void noRequestBreaksTheServerOrGetsAnAnswerThatIsNotDescribed() throws Exception {
        Fuzzer fuzzer = installed();
        try (Backend backend = new Backend(folder);
                StaffIssuer issuer = StaffIssuer.start().give("ada", List.of("owners"));
                ServerProcess server = new ServerProcess(MiniplaneServer.class, settings(backend, issuer))) {
            String address = "http://127.0.0.1:" + server.port();
            prepare(backend, address);
            int exit = fuzzer.run(environment(backend, issuer, address), LOG, address);
            assertThat(exit)
                    .as("with seed %s%n%s", Fuzzer.SEED, Files.readString(LOG))
                    .isZero();
            assertThat(server.out()).noneMatch(line -> line.contains("it is our fault"));
            assertThat(succeeded()).isEqualTo(CommittedDocument.read().operations());
        }
    }

    /** A machine that tests for others has it; a laptop may do without. */
    private static Fuzzer installed() {
        Optional<Fuzzer> fuzzer = Fuzzer.find();
        if (fuzzer.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(MISSING);
        }
        Assumptions.assumeTrue(fuzzer.isPresent(), MISSING);
        return fuzzer.orElseThrow();
    }

    private static List<String> settings(Backend backend, StaffIssuer issuer) {
        List<String> settings = new ArrayList<>(backend.settings());
        settings.addAll(List.of(issuer.settings()));
        settings.addAll(MerchantSettings.arguments(backend.simulator()));
        settings.add("--miniplane.wechat.pay.time-limit=20s");
        settings.add("--miniplane.wechat.time-limit=10s");
        settings.add("--miniplane.wechat.message-push.token=" + PUSH_TOKEN);
        settings.add("--miniplane.wechat.message-push.mode=plain");
        return settings;
    }

    /** What no request brings about: notifications that find the server, dead letters and a report. */
    private static void prepare(Backend backend, String address) throws IOException, InterruptedException {
        backend.simulator()
                .control()
                .payments()
                .notifyAt(List.of(URI.create(address + MerchantSettings.NOTIFICATIONS)));
        backend.execute(DEAD_LETTERS);
        List<String> task = new ArrayList<>(backend.settings());
        task.add("--task=monthly-report");
        try (ServerProcess report = new ServerProcess(MiniplaneServer.class, task)) {
            assertThat(report.exitCode()).as("%s", report.out()).isZero();
        }
    }

    private static Map<String, String> environment(Backend backend, StaffIssuer issuer, String address) {
        return Map.of(
                "FUZZ_SERVER",
                address,
                "FUZZ_WECHAT",
                backend.simulator().baseUri().toString(),
                "FUZZ_APP_ID",
                SimulatorOptions.TRIAL_APP_ID,
                "FUZZ_PUSH_TOKEN",
                PUSH_TOKEN,
                "FUZZ_STAFF_TOKEN",
                issuer.token("ada", claims -> claims.expiresAt(Instant.now().plus(A_WHILE))),
                "FUZZ_ANSWERS",
                ANSWERS.toString());
    }

    /** The operations that answered with a success at least once; the hooks note every answer. */
    private static Set<String> succeeded() throws IOException {
        return Files.readAllLines(ANSWERS).stream()
                .filter(line -> line.matches(".* 2\\d\\d"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
