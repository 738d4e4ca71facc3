package io.miniplane.server.gateway.application;

import io.miniplane.server.platform.events.HopelessEventException;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The team's container as it is told of things. */
public interface Container {

    /**
     * Posts a letter. It completes when the container has answered 2xx; an error means that it shall be tried again, and a
     * {@link HopelessEventException} that the container does not want it.
     */
    Mono<Void> post(Letter letter);

    /**
     * What the container is told.
     *
     * @param path where it is posted to
     * @param headers of the request
     * @param json its body
     */
    record Letter(String path, Map<String, String> headers, String json) {

        @Override
        public String toString() {
            return "Letter[" + path + "]";
        }
    }
}
