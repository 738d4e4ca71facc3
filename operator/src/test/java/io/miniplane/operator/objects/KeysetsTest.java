package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.config.TinkConfig2026;
import com.google.crypto.tink.jwt.JwtPublicKeySign;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.miniplane.crd.v1alpha1.KeysStatus.Phase;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysetsTest {

    private final Map<String, String> keysets = Keysets.generate().json();

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
        assertThat(Keysets.generate().json().values()).doesNotContainAnyElementsOf(keysets.values());
    }

    @Test
    void whatIsNoKeysetIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> Keyset.parse("secret nonsense"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageNotContaining("nonsense")
                .hasNoCause();
    }

    @Test
    void aRotationGoesThroughItsPhasesAndEndsWithNewKeysAlone() throws Exception {
        Instant made = Instant.parse("2026-11-23T10:00:00Z");
        Instant now = Instant.parse("2026-11-29T10:00:00Z");
        BackendKeys stable = BackendKeys.read(BackendKeys.encoded(Keysets.generate()), made);
        assertThat(stable.rotation()).isEqualTo(KeyRotation.none(made));
        assertThat(stable.next(now)).isEqualTo(stable);

        BackendKeys introduced = again(stable.introduced(now));
        assertThat(introduced.keysets().primaries()).isEqualTo(stable.keysets().primaries());
        assertThat(introduced.keysets().byFile().values())
                .allSatisfy(keyset -> assertThat(keyset.ids()).hasSize(2).doesNotHaveDuplicates());
        assertThat(introduced.rotation())
                .isEqualTo(new KeyRotation(
                        Phase.INTRODUCED, now, made, introduced.keysets().newest()));

        BackendKeys primary = again(introduced.next(now.plusSeconds(400)));
        assertThat(primary.keysets().primaries())
                .isEqualTo(introduced.rotation().newest());
        assertThat(primary.keysets().byFile().values())
                .allSatisfy(keyset -> assertThat(keyset.ids()).hasSize(2));
        assertThat(primary.rotation().primaryMadeAt()).isEqualTo(now);

        BackendKeys retired = again(primary.next(now.plusSeconds(800)));
        assertThat(retired.keysets().json()).isEqualTo(primary.keysets().json());
        assertThat(retired.rotation().phase()).isEqualTo(Phase.RETIRED);

        BackendKeys over = again(retired.next(now.plusSeconds(9000)));
        assertThat(over.rotation().phase()).isEqualTo(Phase.STABLE);
        assertThat(over.keysets().byFile().values())
                .allSatisfy(keyset -> assertThat(keyset.ids()).containsExactly(keyset.primary()));
        assertThat(over.keysets().primaries()).isEqualTo(introduced.rotation().newest());
    }

    @Test
    void whatANewKeySealedOpensWithBothAndWhatAnOldOneSealedUntilItIsGone() throws Exception {
        var configuration = TinkConfig2026.get();
        Keyset old = Keyset.parse(keysets.get(Keysets.DATA));
        Keyset both = old.with(Keyset.generate(PredefinedAeadParameters.AES256_GCM));
        Keyset promoted = both.withPrimary(both.ids().getLast());
        byte[] before = handle(both).getPrimitive(configuration, Aead.class).encrypt(new byte[] {1}, new byte[0]);
        byte[] after = handle(promoted).getPrimitive(configuration, Aead.class).encrypt(new byte[] {2}, new byte[0]);

        assertThat(handle(both).getPrimitive(configuration, Aead.class).decrypt(after, new byte[0]))
                .containsExactly(2);
        assertThat(handle(promoted).getPrimitive(configuration, Aead.class).decrypt(before, new byte[0]))
                .containsExactly(1);
        Aead last = handle(promoted.primaryOnly()).getPrimitive(configuration, Aead.class);
        assertThat(last.decrypt(after, new byte[0])).containsExactly(2);
        assertThatThrownBy(() -> last.decrypt(before, new byte[0])).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> both.withPrimary(7)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDamagedStateOfARotationIsNotTakenForNone() {
        Secret keys = new SecretBuilder(new KeysSecret().render(Manifests.backend()))
                .editMetadata()
                .withCreationTimestamp("2026-11-23T10:00:00Z")
                .endMetadata()
                .addToData(BackendKeys.ROTATION, "e30=")
                .build();
        assertThat(KeysReport.of(keys))
                .isInstanceOfSatisfying(
                        KeysReport.Broken.class,
                        broken -> assertThat(broken.problem()).contains("an unreadable rotation.json"));
    }

    @Test
    void aCompleteSecretIsUsableAndAnIncompleteOneNamesTheFile() {
        Secret complete = new SecretBuilder(new KeysSecret().render(Manifests.backend()))
                .editMetadata()
                .withCreationTimestamp("2026-11-23T10:00:00Z")
                .endMetadata()
                .build();
        assertThat(KeysReport.of(complete)).isInstanceOf(KeysReport.Usable.class);

        complete.getData().remove(Keysets.INDEX);
        assertThat(KeysReport.of(complete))
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

    private static BackendKeys again(BackendKeys keys) throws BackendKeys.DamagedException {
        BackendKeys read = BackendKeys.read(keys.data(), Instant.EPOCH);
        assertThat(read.rotation()).isEqualTo(keys.rotation());
        return read;
    }

    private static KeysetHandle handle(Keyset keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(
                keyset.json(), TinkConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    private KeysetHandle handle(String file) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(
                keysets.get(file), TinkConfig2026.get(), InsecureSecretKeyAccess.get());
    }
}
