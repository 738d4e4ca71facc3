package io.miniplane.server.platform.crypto;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vault's transit engine at the mount {@code transit}: real AES-GCM under versioned keys, Vault's answers and errors. */
public final class VaultStub implements AutoCloseable {

    public static final String TOKEN = "hvs.stub0token";

    private final Map<String, List<byte[]>> keys = new ConcurrentHashMap<>();
    private int port;
    private HttpServer server;
    private volatile boolean sealed;

    public VaultStub() {
        start();
    }

    public int port() {
        return port;
    }

    /** Goes away; {@link #start} brings it back at the same port with the same keys. */
    public void stop() {
        server.stop(0);
    }

    public void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getAddress().getPort();
        server.createContext("/", this::handle);
        server.start();
    }

    public void seal(boolean shut) {
        sealed = shut;
    }

    @Override
    public void close() {
        stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Reply reply;
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            reply = reply(
                    exchange,
                    JsonMapper.shared().readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body));
        } catch (IllegalArgumentException e) {
            reply = error(400, "invalid ciphertext: could not decode base64");
        } catch (GeneralSecurityException e) {
            reply = error(400, "cipher: message authentication failed");
        }
        byte[] text = JsonMapper.shared().writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private Reply reply(HttpExchange exchange, JsonNode request) throws GeneralSecurityException {
        if (sealed) {
            return error(503, "Vault is sealed");
        }
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            return error(403, "permission denied");
        }
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        if (path.length < 5 || !path[2].equals("transit")) {
            return error(404, "no handler for route. route entry not found.");
        }
        List<byte[]> versions = keys.get(path[4]);
        if (path[3].equals("keys")) {
            keys.computeIfAbsent(path[4], name -> new CopyOnWriteArrayList<>()).add(random(32));
            return new Reply(200, Map.of("data", Map.of("name", path[4])));
        }
        if (versions == null) {
            return error(400, "encryption key not found");
        }
        byte[] associated =
                Base64.getDecoder().decode(request.path("associated_data").asString(""));
        return path[3].equals("encrypt")
                ? encrypt(versions, request, associated)
                : decrypt(versions, request, associated);
    }

    private static Reply encrypt(List<byte[]> versions, JsonNode request, byte[] associated)
            throws GeneralSecurityException {
        byte[] nonce = random(12);
        byte[] plaintext = Base64.getDecoder().decode(request.path("plaintext").asString());
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, versions.getLast(), nonce, associated)
                .doFinal(plaintext);
        byte[] whole = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, whole, nonce.length, sealed.length);
        String text = "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(whole);
        return new Reply(200, Map.of("data", Map.of("ciphertext", text, "key_version", versions.size())));
    }

    private static Reply decrypt(List<byte[]> versions, JsonNode request, byte[] associated)
            throws GeneralSecurityException {
        String[] parts = request.path("ciphertext").asString("").split(":", -1);
        if (parts.length != 3 || !parts[0].equals("vault") || !parts[1].matches("v[1-9]\\d*")) {
            return error(400, "invalid ciphertext: no prefix");
        }
        int version = Integer.parseInt(parts[1].substring(1));
        if (version > versions.size()) {
            return error(400, "invalid ciphertext: version is too new");
        }
        byte[] whole = Base64.getDecoder().decode(parts[2]);
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, versions.get(version - 1), Arrays.copyOf(whole, 12), associated);
        byte[] plaintext = cipher.doFinal(whole, 12, whole.length - 12);
        return new Reply(
                200, Map.of("data", Map.of("plaintext", Base64.getEncoder().encodeToString(plaintext))));
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Reply error(int status, String sentence) {
        return new Reply(status, Map.of("errors", List.of(sentence)));
    }

    private record Reply(int status, Map<String, ?> body) {}
}
