package io.miniplane.server.platform.observability;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Whether a request comes from within the pod, as those of {@code kubectl port-forward} do: the cluster lets only people in there whom its RBAC allows
 * {@code pods/portforward}, so no password of ours is needed. A proxy of a mesh that hands requests on to us uses the address of the pod or 127.0.0.6.
 */
final class FromWithin {

    static final String WANTED =
            "This is told within the pod only: ask through miniplane status --diagnostics or kubectl port-forward";

    private static final Set<String> OURSELVES = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1");
    private static final Set<String> OUR_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private FromWithin() {}

    /** Both ends are this machine, and it was asked by that name: a web page that leads a browser here is not. */
    static boolean comes(ServerRequest request) {
        InetSocketAddress asked = request.headers().host();
        return isOurselves(request.exchange().getRequest().getRemoteAddress())
                && isOurselves(request.exchange().getRequest().getLocalAddress())
                && asked != null
                && OUR_NAMES.contains(asked.getHostString());
    }

    private static boolean isOurselves(@Nullable InetSocketAddress end) {
        InetAddress address = end == null ? null : end.getAddress();
        return address != null && OURSELVES.contains(address.getHostAddress());
    }
}
