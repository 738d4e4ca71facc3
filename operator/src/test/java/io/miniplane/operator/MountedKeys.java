package io.miniplane.operator;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.jwt.JwtPublicKeySign;
import com.google.crypto.tink.jwt.JwtPublicKeyVerify;
import com.google.crypto.tink.jwt.JwtValidator;
import com.google.crypto.tink.jwt.RawJwt;
import io.miniplane.operator.KeyedData.Row;
import io.miniplane.operator.KeyedData.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The keysets of one version of the Secret, used as a server uses them. */
record MountedKeys(KeysetHandle data, KeysetHandle index, KeysetHandle jwt) {

    private static final Configuration TINK = TinkConfig2026.get();
    /** At the epoch nothing has expired: whether the signature is known is all that matters. */
    private static final JwtValidator VALIDATOR = JwtValidator.newBuilder()
            .ignoreTypeHeader()
            .setClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .build();

    static MountedKeys of(Map<String, String> secret) {
        return new MountedKeys(
                keyset(secret.get("data.json")), keyset(secret.get("index.json")), keyset(secret.get("jwt.json")));
    }

    long dataPrimary() {
        return primary(data);
    }

    long indexPrimary() {
        return primary(index);
    }

    Row seal(UUID id) throws GeneralSecurityException {
        byte[] name = bytes(id);
        return new Row(
                data.getPrimitive(TINK, Aead.class).encrypt(name, name),
                index.getPrimitive(TINK, Mac.class).computeMac(name));
    }

    /** Reads a row; that of a key which is not loaded fails. */
    void open(UUID id, Row row) throws GeneralSecurityException {
        byte[] name = bytes(id);
        data.getPrimitive(TINK, Aead.class).decrypt(row.sealed(), name);
        index.getPrimitive(TINK, Mac.class).verifyMac(row.hash(), name);
    }

    boolean isUnderPrimaries(Row row) {
        return KeyedData.keyOf(row.sealed()) == dataPrimary() && KeyedData.keyOf(row.hash()) == indexPrimary();
    }

    Token sign() throws GeneralSecurityException {
        Instant end = Instant.now().plus(KeyedData.TOKEN_LIFETIME);
        RawJwt token = RawJwt.newBuilder().setExpiration(end).build();
        return new Token(jwt.getPrimitive(TINK, JwtPublicKeySign.class).signAndEncode(token), end);
    }

    void verify(Token token) throws GeneralSecurityException {
        jwt.getPublicKeysetHandle()
                .getPrimitive(TINK, JwtPublicKeyVerify.class)
                .verifyAndDecode(token.text(), VALIDATOR);
    }

    /** How many keys each keyset has. */
    List<Integer> sizes() {
        return List.of(data.size(), index.size(), jwt.size());
    }

    /** The field {@code keys} of signals. */
    String signals() {
        return Map.of("data", data, "index", index, "jwt", jwt).entrySet().stream()
                .map(keyset -> "{\"keyset\": \"%s\", \"primary\": %d, \"all\": %s}"
                        .formatted(keyset.getKey(), primary(keyset.getValue()), ids(keyset.getValue())))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static List<Long> ids(KeysetHandle keyset) {
        return IntStream.range(0, keyset.size())
                .mapToObj(i -> Integer.toUnsignedLong(keyset.getAt(i).getId()))
                .toList();
    }

    private static long primary(KeysetHandle keyset) {
        return Integer.toUnsignedLong(keyset.getPrimary().getId());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static KeysetHandle keyset(String base64) {
        try {
            String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return TinkJsonProtoKeysetFormat.parseKeyset(json, TINK, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Secret holds no keyset", e);
        }
    }
}
