package io.miniplane.server.platform.documentation;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.RouteAccess;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The OpenAPI document, and the page on which people read it and try calls. */
@Configuration(proxyBeanMethods = false)
class DocumentationRoutes {

    private static final String DOCUMENT = "/openapi.json";
    private static final String PAGE = "/docs";
    private static final String ASSET = "/docs/{asset}";
    private static final ErrorCode NOT_FOUND = new ErrorCode(40400);
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

    /** Nothing but what this server itself serves, and no script or style inside the page. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    RouteAccess documentAccess() {
        return RouteAccess.of(
                RouteAccess.anybody(HttpMethod.GET, DOCUMENT),
                RouteAccess.anybody(HttpMethod.GET, PAGE),
                RouteAccess.anybody(HttpMethod.GET, ASSET));
    }

    @Bean
    RouterFunction<ServerResponse> documentRoutes() {
        StaticFile document = new StaticFile("/openapi.json", MediaType.APPLICATION_JSON);
        StaticFile page = new StaticFile("/documentation/page.html", HTML);
        Map<String, StaticFile> assets = Map.of(
                "page.js", asset("page.js", SCRIPT),
                "page.css", asset("page.css", STYLE),
                "swagger-ui.css", asset("swagger-ui.css", STYLE),
                "swagger-ui-bundle.js", asset("swagger-ui-bundle.js", SCRIPT),
                "swagger-ui-bundle.js.LICENSE.txt", asset("swagger-ui-bundle.js.LICENSE.txt", TEXT));
        return RouterFunctions.route()
                .GET(DOCUMENT, request -> document.answer(request, headers -> {}))
                .GET(PAGE, request -> page.answer(request, DocumentationRoutes::restrict))
                .GET(ASSET, request -> asset(request, assets))
                .build();
    }

    private static StaticFile asset(String name, MediaType type) {
        return new StaticFile("/documentation/" + name, type);
    }

    private static Mono<ServerResponse> asset(ServerRequest request, Map<String, StaticFile> assets) {
        StaticFile asset = assets.get(request.pathVariable("asset"));
        return asset == null ? Mono.error(new Failure(NOT_FOUND)) : asset.answer(request, headers -> {});
    }

    private static void restrict(HttpHeaders headers) {
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Referrer-Policy", "no-referrer");
    }
}
