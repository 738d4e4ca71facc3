package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Aead;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key of Vault's transit engine as an {@link Aead}: a ciphertext is the text {@code vault:v1:…} that Vault gives.
 *
 * <p>Tink wants the result at once, so this waits for Vault, 5 s at most. It is the one class that may: keysets are read by the main
 * thread at the start and by the thread "keysets" later, never by an event loop, on which the wait would be refused.
 */
final class VaultTransit implements Aead {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final VaultKey key;
    private final HttpClient client;

    VaultTransit(VaultKey key, String token) {
        this.key = key;
        this.client = HttpClient.newConnection()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LIMIT.toMillis())
                .headers(headers -> headers.set("X-Vault-Token", token)
                        .set("X-Vault-Request", "true")
                        .set("Content-Type", "application/json"));
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws KmsFailure {
        Map<String, String> request = request(associatedData);
        request.put("plaintext", base64(plaintext));
        return ask("encrypt", "ciphertext", request).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws KmsFailure {
        Map<String, String> request = request(associatedData);
        request.put("ciphertext", new String(ciphertext, StandardCharsets.UTF_8));
        try {
            return Base64.getDecoder().decode(ask("decrypt", "plaintext", request));
        } catch (IllegalArgumentException e) {
            throw notVault(200);
        }
    }

    private String ask(String act, String result, Map<String, String> request) throws KmsFailure {
        Answer answer = post(key.act(act), JsonMapper.shared().writeValueAsBytes(request));
        if (answer.status() != 200) {
            throw refused(answer);
        }
        return json(answer).path("data").path(result).asStringOpt().orElseThrow(() -> notVault(200));
    }

    private Answer post(String address, byte[] body) throws KmsFailure {
        try {
            Mono<Answer> answer = client.post()
                    .uri(address)
                    .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                    .responseSingle((head, text) -> text.asString()
                            .defaultIfEmpty("")
                            .map(content -> new Answer(head.status().code(), content)));
            return Objects.requireNonNull(answer.block(LIMIT));
        } catch (RuntimeException e) {
            throw new KmsFailure(
                    "cannot be unwrapped: Vault at " + key.server() + " cannot be reached, or does not answer within "
                            + LIMIT.toSeconds() + " s",
                    "start it, or check miniplane.keys.kms.uri");
        }
    }

    private KmsFailure refused(Answer answer) {
        String at = "cannot be unwrapped: Vault at " + key.server() + " ";
        boolean unknown = answer.status() == 404 || answer.text().contains("encryption key not found");
        if (unknown) {
            return new KmsFailure(
                    at + "knows no transit key " + key.mount() + "/keys/" + key.name(),
                    "make the key, or check miniplane.keys.kms.uri");
        }
        return switch (answer.status()) {
            case 400 ->
                new KmsFailure(
                        "is not a keyset that Vault's key " + key.mount() + "/keys/" + key.name() + " wrapped for it",
                        "wrap it with the key of miniplane.keys.kms.uri and the name of the keyset as associated data");
            case 403 ->
                new KmsFailure(
                        at + "refuses the token",
                        "set miniplane.keys.kms.token to one that may update " + key.mount() + "/decrypt/"
                                + key.name());
            case 503 -> new KmsFailure(at + "is sealed or not ready", "unseal it, or check miniplane.keys.kms.uri");
            default -> notVault(answer.status());
        };
    }

    private KmsFailure notVault(int status) {
        return new KmsFailure(
                "cannot be unwrapped: the server at " + key.server() + " answers with status " + status
                        + " and not as Vault does",
                "check miniplane.keys.kms.uri");
    }

    private static JsonNode json(Answer answer) {
        try {
            return JsonMapper.shared().readTree(answer.text());
        } catch (JacksonException e) {
            return JsonMapper.shared().nullNode();
        }
    }

    /** Vault refuses empty associated data for keys of older kinds, so it is left out. */
    private static Map<String, String> request(byte[] associatedData) {
        Map<String, String> request = new TreeMap<>();
        if (associatedData.length > 0) {
            request.put("associated_data", base64(associatedData));
        }
        return request;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private record Answer(int status, String text) {
        @Override
        public String toString() {
            return "[redacted]";
        }
    }
}
