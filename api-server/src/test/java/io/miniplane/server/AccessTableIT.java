package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.ServedRoute;
import io.miniplane.server.stage.AccessTable;
import io.miniplane.server.stage.AccessTable.Row;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.StaffIssuer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.server.RouterFunction;

/** Who may call what: every route of the server by every kind of caller. */
class AccessTableIT {

    private static final ParameterizedTypeReference<RouterFunction<?>> ROUTERS = new ParameterizedTypeReference<>() {};

    private static final String[] PUSHES = {
        "--miniplane.wechat.message-push.token=aToken", "--miniplane.wechat.message-push.mode=Plain"
    };

    private static Backend backend;
    private static StaffIssuer issuer;
    private static StaffIssuer foreign;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        issuer = staffed();
        foreign = staffed();
        api = backend.startServer(
                Stream.concat(Stream.of(issuer.settings()), Stream.of(PUSHES)).toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        backend.close();
        issuer.close();
        foreign.close();
    }

    static Stream<Row> rows() {
        return AccessTable.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCallerGetsWhatTheTableSays(Row row) {
        Tokens user = api.logIn(backend.loginCode());
        assertThat(answers(row, user)).as(row.route()).isEqualTo(row.expected());
    }

    @Test
    void everyRouteHasItsRowAndEveryRowItsRoute() {
        Set<String> rows = AccessTable.rows().stream().map(Row::route).collect(Collectors.toSet());
        assertThat(rows).isEqualTo(served());
    }

    @Test
    void aRouteWithoutARowIsNoticed() {
        Set<String> routes = AccessTable.rows().stream().skip(1).map(Row::route).collect(Collectors.toSet());
        assertThat(routes).isNotEqualTo(served());
    }

    @Test
    void aCallerWhoGetsMoreThanTheTableSaysIsNoticed() {
        Row row = AccessTable.row("GET /api/v1/users");
        Map<String, Integer> wrong = new TreeMap<>(row.expected());
        wrong.put("user", 200);
        assertThat(answers(row, api.logIn(backend.loginCode())))
                .isEqualTo(row.expected())
                .isNotEqualTo(wrong);
    }

    @Test
    void aUserReadsNobodyElse() {
        Tokens user = api.logIn(backend.loginCode());
        Tokens other = api.logIn(backend.loginCode());
        api.call("PUT", Api.ME, other.token(), Map.of("nickname", "Somebody"));
        for (String path : List.of("/api/v1/users/" + other.userId(), "/api/v1/users", "/api/v1/audit")) {
            assertThat(api.call("GET", path, user.token(), null).body().toString())
                    .contains("40300")
                    .doesNotContain("Somebody")
                    .doesNotContain(other.userId());
        }
        assertThat(api.me(user.token()).body().toString()).doesNotContain("Somebody");
    }

    /** The status that each kind of caller gets; whoever may end something ends what was made for this call. */
    private static Map<String, Integer> answers(Row row, Tokens owner) {
        Map<String, Supplier<@Nullable String>> callers = Map.of(
                "nobody", () -> null,
                "user", owner::token,
                "other user", () -> api.logIn(backend.loginCode()).token(),
                "support", () -> issuer.token("sue"),
                "operator", () -> issuer.token("oli"),
                "admin", () -> issuer.token("ada"),
                "expired",
                        () -> issuer.token(
                                "ada",
                                claims -> claims.issuedAt(Instant.now().minusSeconds(600))
                                        .expiresAt(Instant.now().minusSeconds(300))),
                "foreign", () -> foreign.token("ada"));
        Map<String, Integer> statuses = new TreeMap<>();
        for (String caller : AccessTable.CALLERS) {
            String token = callers.get(caller).get();
            statuses.put(caller, row.call(api, token, owner.userId()).status());
        }
        return statuses;
    }

    private static Set<String> served() {
        return ServedRoute.of(api.context().getBeanProvider(ROUTERS).stream()).stream()
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.path()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static StaffIssuer staffed() {
        return StaffIssuer.start()
                .give("sue", List.of("helpdesk"))
                .give("oli", List.of("shop-floor"))
                .give("ada", List.of("owners"));
    }
}
