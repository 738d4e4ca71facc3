package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PayFailure;
import io.miniplane.server.wechat.PayNotificationRefused;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls WeChat Pay, protected, timed, traced, and believing only what it signed. */
final class PayCalls {

    private static final Logger LOG = LogManager.getLogger(PayCalls.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final PayHttp http;
    private final PayVerification verification;
    private final PayGuard guard;
    private final CallObservations observations;

    PayCalls(PayHttp http, PayVerification verification, PayGuard guard, CallObservations observations) {
        this.http = http;
        this.verification = verification;
        this.guard = guard;
        this.observations = observations;
    }

    /** What the reader makes of the JSON object that answers the call. */
    <T> Mono<T> send(PayRequest request, Function<JsonNode, T> reader) {
        return observed(request, verified(request).map(reply -> reader.apply(object(reply.body()))));
    }

    /** Completes when WeChat Pay has done it, of which there is nothing to tell. */
    Mono<Void> send(PayRequest request) {
        return observed(request, verified(request).then());
    }

    private Mono<PayReply> verified(PayRequest request) {
        return Mono.defer(() -> http.exchange(request))
                .flatMap(reply -> verification
                        .verify(PaySignatures.Signed.of(reply))
                        .onErrorMap(PayNotificationRefused.class, PayCalls::unsigned)
                        .thenReturn(reply));
    }

    private <T> Mono<T> observed(PayRequest request, Mono<T> attempt) {
        return observations.observed(
                request.named(), guard.protect(attempt), failure -> failed(request.api(), failure));
    }

    static String failed(String api, Throwable thrown) {
        if (thrown instanceof PayFailure.Refused
                || thrown instanceof PayFailure.Unintelligible
                || thrown instanceof PayFailure.Unsigned) {
            LOG.warn("WeChat Pay call {}: {}", api, thrown.getMessage());
        } else {
            LOG.debug("WeChat Pay call {}: {}", api, thrown.getMessage());
        }
        return thrown instanceof PayFailure failure ? failure.outcome() : "broken";
    }

    static PayFailure unsigned(PayNotificationRefused refused) {
        return new PayFailure.Unsigned("an answer is not believed: " + refused.reason());
    }

    static JsonNode object(byte[] body) {
        try {
            JsonNode reply = JSON.readTree(body);
            if (reply != null && reply.isObject()) {
                return reply;
            }
        } catch (JacksonException noJson) {
            throw new PayFailure.Unintelligible("WeChat Pay's answer is no JSON");
        }
        throw new PayFailure.Unintelligible("WeChat Pay's answer is no JSON object");
    }
}
