package io.miniplane.simulator.control;

import io.miniplane.simulator.security.KeyMaker;
import io.miniplane.simulator.world.AppSecurity;
import io.miniplane.simulator.world.AppSecurity.DeveloperKey;
import io.miniplane.simulator.world.AppSecurity.SymmetricKey;
import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.PlatformKey;
import io.miniplane.simulator.world.World;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Secures apps: their calls may then be encrypted and signed, or must be. */
public final class SecurityControl {

    private static final int KEY_BYTES = 32;

    private final World world;

    SecurityControl(World world) {
        this.world = world;
    }

    /**
     * What an app is secured with; what is null is made.
     *
     * @param symmetricKey 32 bytes in base64
     * @param symmetricKeySerial its serial
     * @param publicKey the developer's RSA key as PEM
     * @param publicKeySerial its serial
     * @param enforced whether plain calls are refused where sealed ones are possible
     * @param serialRequired whether calls must name the serial of the developer's key
     */
    public record Wish(
            @Nullable String symmetricKey,
            @Nullable String symmetricKeySerial,
            @Nullable String publicKey,
            @Nullable String publicKeySerial,
            boolean enforced,
            boolean serialRequired) {

        /** Everything made; plain calls are let in or not. */
        public static Wish made(boolean enforced) {
            return new Wish(null, null, null, null, enforced, false);
        }

        @Override
        public String toString() {
            return "Wish[redacted]";
        }
    }

    /**
     * The developer's half of the keys, as the settings of a server take them.
     *
     * @param symmetricKey 32 bytes in base64
     * @param symmetricKeySerial its serial
     * @param signingKey the private key as PKCS#8 PEM, or null when the developer made it
     * @param signingKeySerial its serial
     * @param platformCertificate what answers are checked with, as X.509 PEM
     * @param platformCertificateSerial the serial that answers name
     */
    public record DeveloperKeys(
            String symmetricKey,
            String symmetricKeySerial,
            @Nullable String signingKey,
            String signingKeySerial,
            String platformCertificate,
            String platformCertificateSerial) {

        @Override
        public String toString() {
            return "DeveloperKeys[redacted]";
        }
    }

    /** A platform certificate as PEM with the serial that answers name. */
    public record Certificate(String platformCertificate, String platformCertificateSerial) {}

    /**
     * Secures an app and hands the developer's half out.
     *
     * @throws IllegalArgumentException when the app is unknown or a key malformed
     */
    public DeveloperKeys secure(String appId, Wish wish) {
        Known.app(world, appId);
        KeyPair made = wish.publicKey() == null ? KeyMaker.rsa() : null;
        PublicKey publicKey = made == null ? KeyMaker.publicKey(String.valueOf(wish.publicKey())) : made.getPublic();
        byte[] symmetric = symmetric(wish.symmetricKey());
        AppSecurity security = new AppSecurity(
                new SymmetricKey(or(wish.symmetricKeySerial()), new SecretKeySpec(symmetric, "AES")),
                new DeveloperKey(or(wish.publicKeySerial()), publicKey),
                KeyMaker.platform(world.clock().instant()),
                null,
                wish.enforced(),
                wish.serialRequired());
        world.securedApps().put(appId, security);
        return handOut(security, symmetric, made);
    }

    private static DeveloperKeys handOut(AppSecurity security, byte[] symmetric, @Nullable KeyPair made) {
        Certificate certificate = certificate(security.platform());
        return new DeveloperKeys(
                Base64.getEncoder().encodeToString(symmetric),
                security.symmetric() == null ? "" : security.symmetric().serial(),
                made == null
                        ? null
                        : KeyMaker.pem("PRIVATE KEY", made.getPrivate().getEncoded()),
                security.developer() == null ? "" : security.developer().serial(),
                certificate.platformCertificate(),
                certificate.platformCertificateSerial());
    }

    /**
     * Takes a key out of WeChat's console.
     *
     * @param symmetric whether the symmetric key is gone
     * @param developer whether the developer's public key is gone
     * @throws IllegalArgumentException when the app is not secured
     */
    public void forget(String appId, boolean symmetric, boolean developer) {
        change(
                appId,
                old -> new AppSecurity(
                        symmetric ? null : old.symmetric(),
                        developer ? null : old.developer(),
                        old.platform(),
                        old.deprecated(),
                        old.enforced(),
                        old.serialRequired()));
    }

    /**
     * Begins to change the platform certificate: answers are signed with the new key and the old one.
     *
     * @return the new certificate
     * @throws IllegalArgumentException when the app is not secured
     */
    public Certificate rotate(String appId) {
        PlatformKey next = KeyMaker.platform(world.clock().instant());
        return certificate(change(appId, old -> old.rotatedTo(next)).platform());
    }

    /**
     * Ends the change of the platform certificate: answers are signed with the new key alone.
     *
     * @throws IllegalArgumentException when the app is not secured
     */
    public void endRotation(String appId) {
        change(appId, AppSecurity::afterRotation);
    }

    /** Lets an app call in the clear again. */
    public void off(String appId) {
        world.securedApps().remove(appId);
    }

    private AppSecurity change(String appId, UnaryOperator<AppSecurity> change) {
        return world.securedApps()
                .change(appId, change)
                .orElseThrow(() -> new IllegalArgumentException(
                        "This app is not secured: secure it by PUT /_control/apps/{appId}/security."));
    }

    private static byte[] symmetric(@Nullable String base64) {
        byte[] key = new byte[KEY_BYTES];
        if (base64 == null) {
            new SecureRandom().nextBytes(key);
            return key;
        }
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("\"symmetricKey\" is 32 bytes in base64.", malformed);
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("\"symmetricKey\" is 32 bytes in base64.");
        }
        return key;
    }

    private static String or(@Nullable String serial) {
        return serial == null ? KeyMaker.serial() : serial;
    }

    private static Certificate certificate(PlatformKey key) {
        try {
            return new Certificate(KeyMaker.pem("CERTIFICATE", key.certificate().getEncoded()), key.serial());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("A certificate of our own making is malformed", impossible);
        }
    }
}
