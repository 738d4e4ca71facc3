package io.miniplane.operator.signals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks pods for their signals. It never waits: an answer or its failure comes within seconds. */
final class SignalsClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(4);

    /** Far more than any answer; a pod that runs something else must not fill the operator's memory. */
    private static final long LONGEST_ANSWER = 256 * 1024L;

    private static final ObjectReader JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build()
            .readerFor(PodSignals.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();

    /**
     * Asks one pod; the future never fails.
     *
     * @param now what the answer is stamped with
     */
    CompletableFuture<PodReading> read(PodAddress pod, Instant now) {
        var request = HttpRequest.newBuilder(pod.uri())
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .build();
        return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER))
                .orTimeout(ANSWER.plus(CONNECT).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .thenApply(answer -> reading(pod, now, answer))
                .exceptionally(failure -> failed(pod, now, describe(failure)));
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private static PodReading reading(PodAddress pod, Instant askedAt, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return failed(pod, askedAt, "it answered with status " + answer.statusCode());
        }
        try {
            return new PodReading(pod.pod(), pod.terminating(), askedAt, JSON.readValue(answer.body()), null);
        } catch (IOException e) {
            return failed(pod, askedAt, "its answer is not what this operator can read");
        }
    }

    private static PodReading failed(PodAddress pod, Instant askedAt, String problem) {
        return new PodReading(pod.pod(), pod.terminating(), askedAt, null, problem);
    }

    private static String describe(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case ConnectException _ -> "it takes no connection";
            case HttpTimeoutException _ -> "it doesn't answer in time";
            case java.util.concurrent.TimeoutException _ -> "it doesn't answer in time";
            default -> "the connection to it broke";
        };
    }
}
