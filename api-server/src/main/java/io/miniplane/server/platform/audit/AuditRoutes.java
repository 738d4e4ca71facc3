package io.miniplane.server.platform.audit;

import io.miniplane.server.platform.Answers;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Paging;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.RouteAccess;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The audit log, for those who may see everything. */
@Configuration(proxyBeanMethods = false)
class AuditRoutes {

    private static final String PATH = "/api/v1/audit";
    private static final ErrorCode WRONG_USER = new ErrorCode(40043);

    @Bean
    RouteAccess auditAccess() {
        return RouteAccess.of(RouteAccess.only(HttpMethod.GET, PATH, Role.ADMIN));
    }

    @Bean
    RouterFunction<ServerResponse> auditRoute(DatabaseClient database) {
        AuditLog log = new AuditLog(database);
        return RouterFunctions.route()
                .GET(PATH, request -> Mono.defer(() -> answer(request, log)))
                .build();
    }

    private static Mono<ServerResponse> answer(ServerRequest request, AuditLog log) {
        Paging paging = Paging.of(request);
        @Nullable UUID user = request.queryParam("user").map(AuditRoutes::id).orElse(null);
        return StaffAccess.of(request, "audit.read")
                .flatMap(access -> log.read(paging, user, access))
                .map(rows -> paging.page(rows, AuditLog.Entry::id, row -> row))
                .flatMap(Answers::ok);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(WRONG_USER);
        }
    }
}
