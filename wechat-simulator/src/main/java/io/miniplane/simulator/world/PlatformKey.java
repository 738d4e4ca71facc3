package io.miniplane.simulator.world;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A key by which WeChat signs its answers to one app.
 *
 * @param serial the number that answers name it by, which is not that of the certificate
 * @param key the private key
 * @param certificate what the app checks signatures with
 */
public record PlatformKey(String serial, PrivateKey key, X509Certificate certificate) {

    /** Tells nothing of the key. */
    @Override
    public String toString() {
        return "PlatformKey[" + serial + "]";
    }
}
