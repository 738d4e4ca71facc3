package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PayFailure;
import io.miniplane.server.wechat.PayNotificationRefused.Reason;
import io.miniplane.server.wechat.PayNotifications;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verifies, decrypts and reads notifications of WeChat Pay. */
final class OpenedNotifications implements PayNotifications {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALGORITHM = "AEAD_AES_256_GCM";
    private static final int LONGEST_ID = 64;

    private final PayVerification verification;
    private final MerchantKeys keys;
    private final PayClient.Identity identity;

    OpenedNotifications(PayVerification verification, MerchantKeys keys, PayClient.Identity identity) {
        this.verification = verification;
        this.keys = keys;
        this.identity = identity;
    }

    @Override
    public Mono<Notification> open(Signature signature, byte[] body) {
        PaySignatures.Signed signed = new PaySignatures.Signed(
                signature.timestamp(), signature.nonce(), signature.signature(), signature.serial(), () -> body);
        return verification
                .verify(signed)
                .publishOn(Schedulers.boundedElastic())
                .then(Mono.fromCallable(() -> read(body)));
    }

    private Notification read(byte[] body) {
        JsonNode outside = object(new String(body, StandardCharsets.UTF_8));
        String id = text(outside, "id");
        String event = text(outside, "event_type");
        if (id.length() > LONGEST_ID) {
            throw Reason.MALFORMED.refusal();
        }
        String resource = opened(outside.path("resource"));
        return new Notification(id, news(event, object(resource)), resource);
    }

    private String opened(JsonNode resource) {
        if (!ALGORITHM.equals(text(resource, "algorithm"))) {
            throw Reason.MALFORMED.refusal();
        }
        String ciphertext = text(resource, "ciphertext");
        String nonce = text(resource, "nonce");
        String associated = resource.path("associated_data").asString("");
        try {
            return new String(keys.open(nonce, associated, ciphertext), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw Reason.UNDECRYPTABLE.refusal();
        }
    }

    private News news(String event, JsonNode resource) {
        if (!identity.merchantId().equals(text(resource, "mchid"))) {
            throw Reason.WRONG_MERCHANT.refusal();
        }
        try {
            if (event.startsWith("TRANSACTION.")) {
                require(identity.appId().equals(text(resource, "appid")));
                return new News.OfPayment(PayTexts.transaction(resource));
            }
            return event.startsWith("REFUND.")
                    ? new News.OfRefund(PayTexts.refund(resource, "refund_status"))
                    : new News.OfAnythingElse(event);
        } catch (PayFailure.Unintelligible malformed) {
            throw Reason.MALFORMED.refusal();
        }
    }

    private static void require(boolean isOurApp) {
        if (!isOurApp) {
            throw Reason.WRONG_APP.refusal();
        }
    }

    private static JsonNode object(String json) {
        @Nullable JsonNode read;
        try {
            read = JSON.readTree(json);
        } catch (JacksonException noJson) {
            throw Reason.MALFORMED.refusal();
        }
        if (read == null || !read.isObject()) {
            throw Reason.MALFORMED.refusal();
        }
        return read;
    }

    private static String text(JsonNode told, String field) {
        String text = told.path(field).asString("");
        if (text.isEmpty()) {
            throw Reason.MALFORMED.refusal();
        }
        return text;
    }
}
