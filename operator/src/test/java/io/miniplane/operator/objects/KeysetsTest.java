package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.jwt.JwtPublicKeySign;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysetsTest {

    private final Map<String, String> keysets = Keysets.generate();

    @Test
    void eachKeysetDoesWhatItIsFor() throws GeneralSecurityException {
        var configuration = TinkConfig2026.get();

        byte[] sealed =
                handle(Keysets.DATA).getPrimitive(configuration, Aead.class).encrypt(new byte[] {1}, new byte[0]);
        assertThat(sealed).hasSizeGreaterThan(16);
        assertThat(handle(Keysets.INDEX).getPrimitive(configuration, Mac.class).computeMac(new byte[] {1}))
                .hasSize(32 + 5);
        assertThat(handle(Keysets.JWT).getPrimitive(configuration, JwtPublicKeySign.class))
                .isNotNull();
    }

    @Test
    void keysAreNeverMadeTwiceAlike() {
        assertThat(Keysets.generate().values()).doesNotContainAnyElementsOf(keysets.values());
    }

    @Test
    void whatIsNoKeysetIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> Keysets.primaryKeyId("secret nonsense"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageNotContaining("nonsense")
                .hasNoCause();
    }

    @Test
    void aCompleteSecretIsUsableAndAnIncompleteOneNamesTheFile() {
        Secret complete = new SecretBuilder(new KeysSecret().render(Manifests.backend()))
                .editMetadata()
                .withCreationTimestamp("2026-11-23T10:00:00Z")
                .endMetadata()
                .build();
        assertThat(KeysReport.of("shop-keys", Optional.of(complete))).isInstanceOf(KeysReport.Usable.class);

        complete.getData().remove(Keysets.INDEX);
        assertThat(KeysReport.of("shop-keys", Optional.of(complete)))
                .isInstanceOfSatisfying(
                        KeysReport.Broken.class,
                        broken -> assertThat(broken.problem()).contains("Secret shop-keys has no index.json"));
    }

    @Test
    void whatIsAppliedOverLiveKeysAreTheLiveKeys() {
        var keys = new KeysSecret();
        Secret live = keys.render(Manifests.backend());

        assertThat(keys.renderOver(live, Manifests.backend()).getData()).isEqualTo(live.getData());
    }

    private KeysetHandle handle(String file) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(
                keysets.get(file), TinkConfig2026.get(), InsecureSecretKeyAccess.get());
    }
}
