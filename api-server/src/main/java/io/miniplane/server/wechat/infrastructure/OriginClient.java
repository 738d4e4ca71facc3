package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.EncryptedDataOrigins;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Learns where encrypted data comes from by WeChat's {@code checkencryptedmsg}. */
final class OriginClient implements EncryptedDataOrigins {

    private final AuthorisedCalls calls;

    OriginClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Origin> of(String encryptedData) {
        return Mono.defer(() -> calls.send(
                WechatCall.post(
                        Endpoint.CHECKENCRYPTEDMSG,
                        Map.of("encrypted_msg_hash", hash(encryptedData)),
                        Errcodes::failure),
                OriginClient::origin));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    private static Origin origin(JsonNode reply) {
        boolean misspelt = reply.has("vaild");
        boolean genuine = Answers.flag(reply, misspelt ? "vaild" : "valid");
        (misspelt ? Reading.VALID_MISSPELT : Reading.VALID_SPELT_RIGHT).met();
        return new Origin(genuine, genuine ? Instant.ofEpochSecond(Answers.number(reply, "create_time")) : null);
    }
}
