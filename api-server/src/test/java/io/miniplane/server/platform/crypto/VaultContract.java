package io.miniplane.server.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.crypto.tink.Aead;
import org.junit.jupiter.api.Test;

/** What the server expects of Vault, for the real one and the stub. */
abstract class VaultContract {

    private static final byte[] PLAIN = "keyset".getBytes(UTF_8);
    private static final byte[] PLACE = "data".getBytes(UTF_8);

    abstract WrappingVault vault();

    @Test
    void whatWasWrappedIsUnwrappedAfterARotationToo() throws Exception {
        vault().createKey("turning");
        Aead key = key("turning", vault().token());
        byte[] first = key.encrypt(PLAIN, PLACE);
        vault().rotate("turning");
        byte[] second = key.encrypt(PLAIN, PLACE);

        assertThat(new String(first, UTF_8)).startsWith("vault:v1:");
        assertThat(new String(second, UTF_8)).startsWith("vault:v2:");
        assertThat(key.decrypt(first, PLACE)).isEqualTo(PLAIN);
        assertThat(key.decrypt(second, PLACE)).isEqualTo(PLAIN);
    }

    @Test
    void anotherPlaceOrTextIsNotUnwrapped() throws Exception {
        vault().createKey("still");
        Aead key = key("still", vault().token());
        byte[] wrapped = key.encrypt(PLAIN, PLACE);
        assertThat(failure(key, wrapped, "jwt"))
                .contains("is not a keyset that Vault's key transit/keys/still wrapped");
        assertThat(failure(key, "rubbish".getBytes(UTF_8), "data")).contains("is not a keyset");
    }

    @Test
    void aWrongTokenKeyOrMountIsNamed() throws Exception {
        vault().createKey("named");
        byte[] wrapped = key("named", vault().token()).encrypt(PLAIN, PLACE);
        assertThat(failure(key("named", "hvs.wrong"), wrapped, "data")).contains("refuses the token");
        assertThat(failure(key("nobody", vault().token()), wrapped, "data"))
                .contains("knows no transit key transit/keys/nobody");
        Aead elsewhere = new VaultClient(vault().token())
                .getAead("hcvault://127.0.0.1:" + vault().port() + "/nowhere/keys/named");
        assertThat(failure(elsewhere, wrapped, "data")).contains("knows no transit key nowhere/keys/named");
    }

    final Aead key(String name, String token) {
        return new VaultClient(token).getAead(vault().uri(name));
    }

    static String failure(Aead key, byte[] wrapped, String place) {
        return assertThatExceptionOfType(KmsFailure.class)
                .isThrownBy(() -> key.decrypt(wrapped, place.getBytes(UTF_8)))
                .actual()
                .getMessage();
    }
}
