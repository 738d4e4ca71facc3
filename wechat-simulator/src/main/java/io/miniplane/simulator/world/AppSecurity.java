package io.miniplane.simulator.world;

import java.security.PublicKey;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How calls of one app are encrypted and signed.
 *
 * @param symmetric the key of the encryption, or null where the app has none
 * @param developer the key that the app's signatures are checked with, or null where the app uploaded none
 * @param platform the key that answers are signed with
 * @param deprecated the key that answers are signed with as well while WeChat changes its key, or null
 * @param enforced whether plain calls are refused where encrypted ones are possible
 * @param serialRequired whether calls must name the serial of the developer's key
 */
public record AppSecurity(
        @Nullable SymmetricKey symmetric,
        @Nullable DeveloperKey developer,
        PlatformKey platform,
        @Nullable PlatformKey deprecated,
        boolean enforced,
        boolean serialRequired) {

    /** The key of the encryption with its serial. */
    public record SymmetricKey(String serial, SecretKey key) {

        /** Tells nothing of the key. */
        @Override
        public String toString() {
            return "SymmetricKey[" + serial + "]";
        }
    }

    /** The developer's public key with its serial. */
    public record DeveloperKey(String serial, PublicKey key) {}

    /** The same with another platform key in front; the one before signs as well. */
    public AppSecurity rotatedTo(PlatformKey next) {
        return new AppSecurity(symmetric, developer, next, platform, enforced, serialRequired);
    }

    /** The same after the change of the platform key. */
    public AppSecurity afterRotation() {
        return new AppSecurity(symmetric, developer, platform, null, enforced, serialRequired);
    }

    /** The key that also signs, while WeChat changes its key. */
    public Optional<PlatformKey> alsoSigning() {
        return Optional.ofNullable(deprecated);
    }
}
