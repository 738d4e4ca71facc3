package io.miniplane.server.gateway.infrastructure;

import io.miniplane.server.gateway.application.Container;
import io.miniplane.server.gateway.application.ContainerEvent;
import io.miniplane.server.gateway.domain.EventTypes;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the container of events as CloudEvents in binary mode.
 *
 * @param queue its queue
 * @param patterns types, and what all of them begin with, such as {@code shop.*}
 * @param path where it wants them
 * @param source of the events that are the server's own
 * @param container who is told
 */
record SubscriptionHandler(String queue, Set<String> patterns, String path, String source, Container container)
        implements EventHandler {

    private static final String ATTRIBUTE = "ce-";

    /** Numbers stay as they were written. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** The container's own events travel under one type, so that a pattern needs no list of what will be published. */
    @Override
    public Set<String> types() {
        Set<String> types = new HashSet<>(EventTypes.ofServer(patterns));
        if (patterns.stream().anyMatch(pattern -> !EventTypes.isReserved(pattern))) {
            types.add(ContainerEvent.TYPE);
        }
        return types;
    }

    @Override
    public Effect effect() {
        return Effect.ELSEWHERE;
    }

    @Override
    public Mono<Void> handle(DomainEvent event) {
        return Mono.defer(() -> event.type().equals(ContainerEvent.TYPE) ? ofContainer(event) : ofServer(event));
    }

    private Mono<Void> ofContainer(DomainEvent event) {
        if (!EventTypes.fits(Objects.requireNonNullElse(event.subject(), ""), patterns)) {
            return Mono.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        JsonNode whole = JSON.readTree(event.data());
        whole.properties().forEach(attribute -> {
            if (!attribute.getKey().equals("data") && !attribute.getKey().equals("datacontenttype")) {
                headers.put(
                        ATTRIBUTE + attribute.getKey(),
                        encoded(attribute.getValue().asString("")));
            }
        });
        return container.post(
                new Container.Letter(path, headers, whole.path("data").toString()));
    }

    private Mono<Void> ofServer(DomainEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ATTRIBUTE + "specversion", "1.0");
        headers.put(ATTRIBUTE + "id", event.id().toString());
        headers.put(ATTRIBUTE + "source", source);
        headers.put(ATTRIBUTE + "type", event.type());
        headers.put(ATTRIBUTE + "time", event.time().toString());
        headers.put(
                ATTRIBUTE + "subject",
                event.aggregate().type() + "/" + event.aggregate().id());
        headers.put(ATTRIBUTE + "schemaversion", Integer.toString(event.schemaVersion()));
        return container.post(new Container.Letter(path, headers, event.data()));
    }

    /** As the HTTP binding of CloudEvents writes what is no visible ASCII. */
    private static String encoded(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(point -> {
            boolean isPlain = point > ' ' && point < 0x7f && point != '"' && point != '%';
            String written = Character.toString(point);
            text.append(
                    isPlain
                            ? written
                            : URLEncoder.encode(written, StandardCharsets.UTF_8).replace("+", "%20"));
        });
        return text.toString();
    }
}
