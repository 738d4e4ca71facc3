package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.observability.ManagementServer;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** Which parts of the one program run in which role. */
class RolesIT {

    /** What runs in other roles than those that work; every other part runs where work is done and nowhere else. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            "ManagementServer", Set.of("api", "worker", "all"),
            "DatabaseWatch", Set.of("api", "worker", "all"),
            "RevocationWatch", Set.of("api", "all"));

    private static final List<String> ROLES = List.of("api", "worker", "all", "task");
    private static final Set<String> WORKING = Set.of("worker", "all");

    private static Backend backend;
    private static Map<String, Api> servers;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        servers = new TreeMap<>();
        ROLES.forEach(role -> servers.put(role, backend.startServer("--miniplane.role=" + role)));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @ParameterizedTest
    @CsvSource({"api, true", "worker, false", "all, true", "task, false"})
    void onlyWhoServesHasAPublicPort(String role, boolean serves) {
        int port = servers.get(role).context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        assertThat(port > 0).isEqualTo(serves);
        if (serves) {
            assertThat(servers.get(role)
                            .call("GET", "/openapi.json", null, null)
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"api", "worker", "all"})
    void theManagementPortAnswersInEveryRoleThatStays(String role) {
        assertThat(servers.get(role).managementStatus("/livez")).isEqualTo(200);
        assertThat(servers.get(role).managementStatus("/readyz")).isEqualTo(200);
        assertThat(servers.get(role).metrics()).contains("jvm_");
    }

    @Test
    void aTaskHasNoPortAtAll() {
        ManagementServer management = servers.get("task").context().getBean(ManagementServer.class);
        assertThatThrownBy(management::port).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyPartRunsInItsRolesAndInNoOther() {
        Map<String, Set<String>> expected = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        for (String role : ROLES) {
            for (String part : running("all")) {
                expected.computeIfAbsent(part, each -> new TreeSet<>()).addAll(EXCEPTIONS.getOrDefault(part, WORKING));
            }
            running(role)
                    .forEach(part ->
                            found.computeIfAbsent(part, each -> new TreeSet<>()).add(role));
        }
        assertThat(found).containsAllEntriesOf(Map.of("EventWorker", WORKING, "OverdueOrders", WORKING));
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"api, false", "worker, true", "all, true"})
    void signalsTellOfTheQueuesWhereTheyAreHandled(String role, boolean handlesEvents) {
        JsonNode signals = servers.get(role).signals();
        assertThat(signals.path("role").asString()).isEqualTo(role.toUpperCase(Locale.ROOT));
        assertThat(signals.path("queues").isEmpty()).isNotEqualTo(handlesEvents);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        servers.get(role).signals().path("broker").asString().equals(handlesEvents ? "UP" : "UNKNOWN"));
        servers.get(role)
                .signals()
                .path("queues")
                .valueStream()
                .forEach(queue -> assertThat(queue.path("ready").asLong(-1)).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker", "all"})
    void signalsNameTheKeysAndShowNothingOfThem(String role) {
        JsonNode keys = servers.get(role).signals().path("keys");
        assertThat(keys.valueStream().map(keyset -> keyset.path("keyset").asString()))
                .containsExactly("data", "index", "jwt");
        assertThat(keys.valueStream()).allSatisfy(keyset -> {
            assertThat(keyset.propertyNames()).containsExactlyInAnyOrder("keyset", "primary", "all");
            assertThat(keyset.path("primary").isIntegralNumber()).isTrue();
            assertThat(keyset.path("all").valueStream()).containsExactly(keyset.path("primary"));
        });
    }

    @ParameterizedTest
    @CsvSource({"api, false", "worker, true", "all, true"})
    void signalsTellWhenAnOldKeyMayGo(String role, boolean rewrites) {
        Supplier<JsonNode> signals = () -> servers.get(role).signals();
        assertThat(signals.get().path("tokenLifetimeSeconds").asLong()).isEqualTo(7200);
        assertThat(signals.get()
                        .path("reencryption")
                        .valueStream()
                        .map(table -> table.path("table").asString()))
                .containsExactlyInAnyOrder(
                        rewrites ? new String[] {"users", "sessions", "outbox", "content_checks"} : new String[0]);
        assertThat(signals.get().path("reencryption").valueStream())
                .allSatisfy(table -> assertThat(table.propertyNames())
                        .contains("table", "remaining", "dataKey", "indexKey", "unreadable"));
    }

    /** Our own parts that live as long as the server does. */
    private static Set<String> running(String role) {
        return servers.get(role).context().getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(part -> part.getClass().getName().startsWith("io.miniplane."))
                .filter(SmartLifecycle::isRunning)
                .map(part -> part.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
