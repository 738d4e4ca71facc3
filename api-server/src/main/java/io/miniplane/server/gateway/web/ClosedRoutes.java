package io.miniplane.server.gateway.web;

import io.miniplane.server.gateway.application.ContainerPaths;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.RouteAccess;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The addresses at which the container is told of pushes, payments and events. For the public there is nothing but the answer to the probe by which WeChat
 * Cloud Run checks such an address: whoever posts there himself would be taken for WeChat.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(ClosedRoutes.Some.class)
class ClosedRoutes {

    private static final int LARGEST = 4 * 1024;
    private static final ErrorCode NOT_FOUND = new ErrorCode(40400);

    /** {@code {"action":"CheckContainerPath"}} or the same in XML. */
    private static final Pattern PROBE = Pattern.compile("\\s*(\\{\\s*\"action\"\\s*:\\s*\"CheckContainerPath\"\\s*}"
            + "|<xml>\\s*<action>(CheckContainerPath|<!\\[CDATA\\[CheckContainerPath]]>)</action>\\s*</xml>)\\s*");

    @Bean
    RouteAccess closedAccess(ContainerPaths paths) {
        return new RouteAccess(addresses(paths)
                .map(path -> RouteAccess.anybody(HttpMethod.POST, path))
                .toList());
    }

    @Bean
    RouterFunction<ServerResponse> closedRoute(ContainerPaths paths) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        addresses(paths).forEach(path -> routes.POST(path, ClosedRoutes::answer));
        return routes.build();
    }

    /** Containers may take a slash at the end for nothing. */
    private static Stream<String> addresses(ContainerPaths paths) {
        return paths.paths().stream().sorted().flatMap(path -> Stream.of(path, path + "/"));
    }

    private static Mono<ServerResponse> answer(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), LARGEST)
                .map(ClosedRoutes::text)
                .onErrorReturn(DataBufferLimitException.class, "")
                .defaultIfEmpty("")
                .flatMap(body -> PROBE.matcher(body).matches()
                        ? ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).bodyValue("success")
                        : Mono.error(new Failure(NOT_FOUND)));
    }

    private static String text(DataBuffer buffer) {
        String text = buffer.toString(StandardCharsets.UTF_8);
        DataBufferUtils.release(buffer);
        return text;
    }

    /** Whether there is any such address. */
    static final class Some implements Condition {

        private static final String GATEWAY = "miniplane.gateway.";

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Binder binder = Binder.get(context.getEnvironment());
            return isSet(binder, "upstream-url")
                    && (isSet(binder, "callbacks.push.path")
                            || isSet(binder, "callbacks.pay.path")
                            || isSet(binder, "subscriptions[0].path"));
        }

        private static boolean isSet(Binder binder, String name) {
            return binder.bind(GATEWAY + name, String.class).isBound();
        }
    }
}
