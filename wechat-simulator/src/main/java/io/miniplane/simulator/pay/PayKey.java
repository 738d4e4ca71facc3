package io.miniplane.simulator.pay;

import io.miniplane.simulator.security.KeyMaker;
import io.miniplane.simulator.world.PlatformKey;
import io.miniplane.simulator.world.RandomText;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key by which WeChat Pay signs.
 *
 * @param id what {@code Wechatpay-Serial} says: the id of the public key, or the serial of the certificate
 * @param privateKey signs
 * @param publicKey verifies
 * @param certificate holds the public key; null for the public key that comes without
 */
record PayKey(
        String id,
        PrivateKey privateKey,
        PublicKey publicKey,
        @Nullable X509Certificate certificate) {

    private static final String PUBLIC_KEY_ID = "PUB_KEY_ID_";
    private static final int HEXADECIMAL = 16;

    static PayKey bare() {
        return bare(PUBLIC_KEY_ID + "01" + RandomText.digits(28), KeyMaker.rsa());
    }

    static PayKey bare(String id, KeyPair keys) {
        if (!id.matches(PUBLIC_KEY_ID + "[0-9A-Za-z]+")) {
            throw new IllegalArgumentException("The id of WeChat Pay's public key begins with " + PUBLIC_KEY_ID + ".");
        }
        return new PayKey(id, keys.getPrivate(), keys.getPublic(), null);
    }

    static PayKey certified(Instant now) {
        PlatformKey made = KeyMaker.platform(now);
        X509Certificate certificate = made.certificate();
        String serial = certificate.getSerialNumber().toString(HEXADECIMAL).toUpperCase(Locale.ROOT);
        return new PayKey(serial, made.key(), certificate.getPublicKey(), certificate);
    }

    /** Tells nothing of the key. */
    @Override
    public String toString() {
        return "PayKey[" + id + "]";
    }
}
