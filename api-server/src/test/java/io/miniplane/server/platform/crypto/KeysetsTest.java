package io.miniplane.server.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.jwt.JwtValidator;
import com.google.crypto.tink.jwt.RawJwt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetsTest {

    private static final FieldLocation NICKNAME = new FieldLocation("users", "nickname", new UUID(1, 2));

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private KeysetDirectory files;
    private Keysets keysets;

    @BeforeEach
    void loadFreshKeysets() {
        files = KeysetDirectory.fresh(folder);
        keysets = load();
    }

    @AfterEach
    void close() {
        keysets.close();
    }

    @Test
    void aFieldDecryptsAtItsPlace() {
        FieldCipher cipher = keysets.fieldCipher();
        byte[] ciphertext = cipher.encrypt(NICKNAME, "小明");
        assertThat(cipher.decrypt(NICKNAME, ciphertext)).isEqualTo("小明");
        assertThat(cipher.encrypt(NICKNAME, "小明")).isNotEqualTo(ciphertext);
    }

    @Test
    void aFieldDoesNotDecryptInAnotherRowColumnOrTable() {
        FieldCipher cipher = keysets.fieldCipher();
        byte[] ciphertext = cipher.encrypt(NICKNAME, "Band");
        for (FieldLocation elsewhere : new FieldLocation[] {
            new FieldLocation("users", "nickname", new UUID(1, 3)),
            new FieldLocation("users", "avatar_url", NICKNAME.row()),
            new FieldLocation("sessions", "nickname", NICKNAME.row())
        }) {
            assertThatExceptionOfType(UndecryptableField.class)
                    .isThrownBy(() -> cipher.decrypt(elsewhere, ciphertext))
                    .withMessageContaining(elsewhere.column());
        }
    }

    @Test
    void aNewPrimaryEncryptsAndTheOldKeyStillDecrypts() {
        FieldCipher cipher = keysets.fieldCipher();
        byte[] old = cipher.encrypt(NICKNAME, "Band");
        KeysetHandle rotated = files.rotate("data");

        awaitPrimary("data", rotated);
        assertThat(cipher.decrypt(NICKNAME, old)).isEqualTo("Band");
        byte[] fresh = cipher.encrypt(NICKNAME, "Band");
        // Tink writes the key id after one byte of version.
        assertThat(java.nio.ByteBuffer.wrap(fresh, 1, 4).getInt())
                .isEqualTo(rotated.getPrimary().getId());
    }

    @Test
    void aKeyThatIsGoneDecryptsNothing() {
        byte[] old = keysets.fieldCipher().encrypt(NICKNAME, "Band");
        awaitPrimary("data", files.replace("data"));
        assertThatExceptionOfType(UndecryptableField.class)
                .isThrownBy(() -> keysets.fieldCipher().decrypt(NICKNAME, old));
    }

    @Test
    void aBrokenFileLeavesTheOldKeysAndShowsInTheGauge() throws IOException {
        byte[] ciphertext = keysets.fieldCipher().encrypt(NICKNAME, "Band");
        String good = files.text("data");

        files.write("data", "{\"primaryKeyId\": 1, \"key\": [");
        await().untilAsserted(() -> assertThat(stale("data")).isEqualTo(1));
        assertThat(stale("jwt")).isZero();
        assertThat(keysets.fieldCipher().decrypt(NICKNAME, ciphertext)).isEqualTo("Band");

        files.write("data", good);
        await().untilAsserted(() -> assertThat(stale("data")).isZero());

        Files.delete(files.file("data"));
        await().untilAsserted(() -> assertThat(stale("data")).isEqualTo(1));
        assertThat(keysets.fieldCipher().decrypt(NICKNAME, ciphertext)).isEqualTo("Band");
    }

    @Test
    void aMissingOrWrongFileStopsTheStartWithASentenceThatNamesIt() throws IOException {
        String data = files.text("data");
        for (String wrong : new String[] {"", "not json", data, "{}"}) {
            files.write("jwt", wrong);
            assertThatExceptionOfType(KeysetUnreadable.class)
                    .isThrownBy(this::load)
                    .withMessageContaining("jwt.json")
                    .withNoCause();
        }
        Files.delete(files.file("jwt"));
        assertThatExceptionOfType(KeysetUnreadable.class).isThrownBy(this::load).withMessageContaining("is missing");
    }

    @Test
    void theIndexIsStableAndKnowsEveryKeyAfterARotation() {
        BlindIndex index = keysets.blindIndex();
        byte[] before = index.of("users", "phone", "13800001234");
        assertThat(index.of("users", "phone", "13800001234")).isEqualTo(before);
        assertThat(index.of("users", "email", "13800001234")).isNotEqualTo(before);

        awaitPrimary("index", files.rotate("index"));
        byte[] after = index.of("users", "phone", "13800001234");
        assertThat(after).isNotEqualTo(before);
        assertThat(index.candidates("users", "phone", "13800001234")).containsExactly(after, before);
    }

    @Test
    void theKeySetPublishesTheKeyIdThatTheSignerWrites() throws GeneralSecurityException {
        RawJwt token =
                RawJwt.newBuilder().setExpiration(Instant.now().plusSeconds(60)).build();
        TokenKeys old = keysets.tokenKeys();
        String signedByOld = old.signer().signAndEncode(token);
        awaitPrimary("jwt", files.rotate("jwt"));

        TokenKeys now = keysets.tokenKeys();
        assertThat(now).isNotSameAs(old);
        now.verifier().verifyAndDecode(signedByOld, JwtValidator.newBuilder().build());
        for (String signed : new String[] {signedByOld, now.signer().signAndEncode(token)}) {
            assertThat(now.jwks()).contains("\"kid\":\"" + kid(signed) + "\"").doesNotContain("\"d\"");
        }
    }

    private static String kid(String token) {
        byte[] header = java.util.Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return new String(header, java.nio.charset.StandardCharsets.UTF_8).replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    private Keysets load() {
        return new Keysets(new CryptoSettings(folder, Duration.ofMillis(100)), new KeysetEnvelope(null), meters);
    }

    private void awaitPrimary(String name, KeysetHandle handle) {
        long wanted = Integer.toUnsignedLong(handle.getPrimary().getId());
        await().until(() -> keysets.loaded().stream().anyMatch(k -> k.keyset().equals(name) && k.primary() == wanted));
    }

    private double stale(String name) {
        return meters.get("miniplane.keyset.stale").tag("keyset", name).gauge().value();
    }
}
