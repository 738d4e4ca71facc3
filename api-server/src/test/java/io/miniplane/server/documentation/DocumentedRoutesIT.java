package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.ServedRoute;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import io.miniplane.server.platform.security.RouteAccess.Audience;
import io.miniplane.server.platform.security.RouteAccess.Holders;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.server.RouterFunction;
import tools.jackson.databind.node.ObjectNode;

class DocumentedRoutesIT {

    private static final ParameterizedTypeReference<RouterFunction<?>> ROUTERS = new ParameterizedTypeReference<>() {};

    @TempDir
    private static Path folder;

    private static Backend backend;
    private static Api server;

    @BeforeAll
    static void start() {
        backend = new Backend(folder);
        server = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedRouteIsThere() throws IOException {
        assertThat(CommittedDocument.read().operations()).isEqualTo(served());
    }

    @Test
    void aRouteThatIsNotDocumentedIsNoticed() throws IOException {
        CommittedDocument document = CommittedDocument.read();
        ((ObjectNode) document.tree().at("/paths/~1api~1v1~1users~1me")).remove("delete");
        assertThat(document.operations()).isNotEqualTo(served());
    }

    /** Logout is open to the chain and reads its token itself. */
    @Test
    void everyOperationNamesTheRolesOfItsRule() throws IOException {
        CommittedDocument document = CommittedDocument.read();
        assertThat(ruled())
                .containsEntry("POST " + Api.LOGOUT, Set.of())
                .allSatisfy((operation, roles) -> assertThat(document.roles(operation))
                        .as(operation)
                        .isEqualTo(operation.equals("POST " + Api.LOGOUT) ? Set.of(Role.USER) : roles));
    }

    private static Set<String> served() {
        return ServedRoute.of(server.context().getBeanProvider(ROUTERS).stream()).stream()
                .flatMap(route -> route.methods().stream().map(method -> method + " " + route.path()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<Role>> ruled() {
        return server.context().getBeansOfType(RouteAccess.class).values().stream()
                .flatMap(module -> module.rules().stream())
                .collect(Collectors.toMap(rule -> rule.method() + " " + rule.path(), rule -> roles(rule.audience())));
    }

    private static Set<Role> roles(Audience audience) {
        return audience instanceof Holders holders ? holders.roles() : Set.of();
    }
}
