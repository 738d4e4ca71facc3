package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Vault as its administrator uses it: makes and rotates keys and wraps keysets the way the documentation says, without the server's code.
 *
 * @param port where it answers on the loopback interface
 * @param token what it takes
 */
public record WrappingVault(int port, String token) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The address of a key for the server. */
    public String uri(String key) {
        return "hcvault://127.0.0.1:" + port + "/transit/keys/" + key;
    }

    public void createKey(String key) {
        post("transit/keys/" + key, Map.of());
    }

    public void rotate(String key) {
        post("transit/keys/" + key + "/rotate", Map.of());
    }

    /** Replaces a keyset file by its wrapped form. */
    public void wrap(KeysetDirectory files, String name, String key) {
        files.write(name, wrapped(files.read(name), name, key));
    }

    /** The wrapped form of a keyset. */
    public String wrapped(KeysetHandle keyset, String name, String key) {
        try {
            byte[] plain = TinkProtoKeysetFormat.serializeKeyset(
                    keyset, InsecureSecretKeyAccess.get(), KeysetDirectory.CONFIGURATIONS.get(name));
            String ciphertext = post(
                            "transit/encrypt/" + key,
                            Map.of("plaintext", base64(plain), "associated_data", base64(bytes(name))))
                    .at("/data/ciphertext")
                    .asString();
            return "{\"encryptedKeyset\":\"" + base64(bytes(ciphertext)) + "\"}";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode post(String path, Map<String, String> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + path))
                .header("X-Vault-Token", token)
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(path + " answers " + answer.statusCode());
            }
            return JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
