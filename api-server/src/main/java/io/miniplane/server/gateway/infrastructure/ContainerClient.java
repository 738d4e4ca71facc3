package io.miniplane.server.gateway.infrastructure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.miniplane.server.gateway.application.Container;
import io.miniplane.server.platform.events.HopelessEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Posts to the container over HTTP, once each; what is to be tried again the queue brings again. */
final class ContainerClient implements Container {

    /** Less than what a handler of events has by default, so that a slow container is known as one. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Refusals that say that the same may be taken later. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private static final String NAME = "miniplane.gateway.delivery";

    private final WebClient client;
    private final String url;
    private final ObservationRegistry observations;

    /** @param url of the container, without a slash at the end */
    ContainerClient(WebClient client, String url, ObservationRegistry observations) {
        this.client = client;
        this.url = url;
        this.observations = observations;
    }

    @Override
    public Mono<Void> post(Letter letter) {
        return Mono.deferContextual(context -> {
            HttpHeaders headers = new HttpHeaders();
            Observation observation = observation(letter, headers, context).start();
            return send(letter, headers)
                    .timeout(PATIENCE)
                    .doOnError(observation::error)
                    .doFinally(end -> observation.stop());
        });
    }

    private Mono<Void> send(Letter letter, HttpHeaders trace) {
        return client.post()
                .uri(url + letter.path())
                .headers(headers -> {
                    headers.putAll(trace);
                    letter.headers().forEach(headers::set);
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(letter.json().getBytes(StandardCharsets.UTF_8))
                .exchangeToMono(response -> judge(letter, response));
    }

    private static Mono<Void> judge(Letter letter, ClientResponse response) {
        int status = response.statusCode().value();
        Mono<Void> read = response.releaseBody();
        if (response.statusCode().is2xxSuccessful()) {
            return read;
        }
        boolean isLater = status >= 500 || LATER.contains(status);
        return read.then(Mono.error(
                isLater
                        ? new ContainerUnavailable(status)
                        : new HopelessEventException("The container answers HTTP " + status + " at " + letter.path()
                                + ": let it answer 2xx, then replay the event")));
    }

    private Observation observation(Letter letter, HttpHeaders headers, ContextView context) {
        SenderContext<HttpHeaders> sender =
                new SenderContext<>((carrier, name, value) -> headers.set(name, value), Kind.CLIENT);
        sender.setCarrier(headers);
        sender.setRemoteServiceName("container");
        Observation observation = Observation.createNotStarted(NAME, () -> sender, observations)
                .contextualName("POST " + letter.path())
                .lowCardinalityKeyValue("path", letter.path())
                .highCardinalityKeyValue("http.request.method", "POST")
                .highCardinalityKeyValue("url.template", letter.path());
        Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return parent == null ? observation : observation.parentObservation(parent);
    }

    /** The container is there and cannot take it now. */
    static final class ContainerUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private ContainerUnavailable(int status) {
            super("The container answered HTTP " + status, null, false, false);
        }
    }
}
