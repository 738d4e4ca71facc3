package io.miniplane.server.inventory.infrastructure;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.SenderContext;
import io.miniplane.server.inventory.infrastructure.StockServiceFailure.Unavailable;
import io.miniplane.server.inventory.infrastructure.StockServiceFailure.Unintelligible;
import io.miniplane.server.platform.RequestTrace;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls the team's stock service, protected. */
final class StockService {

    private static final Logger LOG = LogManager.getLogger(StockService.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_ANSWER = 1 << 16;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final WebClient client;
    private final StockServiceGuard guard;
    private final String url;
    private final @Nullable String token;

    StockService(WebClient client, StockServiceGuard guard, String url, @Nullable String token) {
        this.client = client;
        this.guard = guard;
        this.url = url;
        this.token = token;
    }

    /** What the reader makes of the answer; what it refuses counts as a failed call and is logged. */
    <T> Mono<T> call(Call call, Function<Answer, T> reader) {
        Mono<T> attempt = Mono.deferContextual(context -> request(call, context)
                .exchangeToMono(response -> answer(call, response))
                .onErrorMap(StockService::failure)
                .map(reader));
        return Mono.deferContextual(context ->
                guard.protect(attempt).doOnError(failure -> RequestTrace.log(context, () -> log(call, failure))));
    }

    private WebClient.RequestHeadersSpec<?> request(Call call, ContextView context) {
        WebClient.RequestBodySpec request = client.method(call.method())
                .uri(URI.create(url + call.path()))
                .accept(MediaType.APPLICATION_JSON)
                .headers(headers -> fill(headers, context));
        return call.body() == null
                ? request
                : request.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsBytes(call.body()));
    }

    private void fill(HttpHeaders headers, ContextView context) {
        Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        if (observation != null
                && observation.getContextView() instanceof SenderContext<?> sender
                && sender.getCarrier() instanceof Map<?, ?> trace) {
            trace.forEach((name, value) -> headers.set(name.toString(), value.toString()));
        }
        if (token != null) {
            headers.setBearerAuth(token);
        }
    }

    private static Mono<Answer> answer(Call call, ClientResponse response) {
        int status = response.statusCode().value();
        if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS) {
            return response.releaseBody()
                    .then(Mono.error(() -> new Unavailable("the stock service answered HTTP " + status)));
        }
        return DataBufferUtils.join(response.bodyToFlux(DataBuffer.class), LARGEST_ANSWER)
                .map(StockService::taken)
                .defaultIfEmpty(new byte[0])
                .map(body -> new Answer(call, status, json(body)));
    }

    private static byte[] taken(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static Throwable failure(Throwable thrown) {
        return switch (thrown) {
            case StockServiceFailure known -> known;
            case DataBufferLimitException ignored ->
                new Unintelligible("the stock service answered more than " + LARGEST_ANSWER + " bytes");
            default -> new Unavailable("the call of the stock service broke off (" + nameOf(thrown) + ")");
        };
    }

    private static String nameOf(Throwable thrown) {
        Throwable innermost = thrown;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getClass().getSimpleName();
    }

    private static void log(Call call, Throwable failure) {
        if (failure instanceof Unintelligible) {
            LOG.warn("Stock service, {} {}: {}", call.method(), call.path(), failure.getMessage());
        } else {
            LOG.debug("Stock service, {} {}: {}", call.method(), call.path(), failure.getMessage());
        }
    }

    /**
     * One call of the contract.
     *
     * @param method its method
     * @param path what follows the URL of the service
     * @param body sent as JSON, or null
     */
    record Call(HttpMethod method, String path, @Nullable Object body) {}

    /**
     * What the service answered, below 500.
     *
     * @param call to what
     * @param status the HTTP status
     * @param body JSON, or a missing node where it was none
     */
    record Answer(Call call, int status, JsonNode body) {

        /** The word for what came of it, with the status that goes with it, such as {@code 200 taken}. */
        String outcome() {
            return status + " " + body.path("outcome").asString("");
        }

        /** Says that the contract knows no such answer. */
        Unintelligible senseless(String why) {
            return new Unintelligible("its answer with HTTP " + status + " makes no sense: " + why);
        }
    }
}
