package io.miniplane.simulator.pay;

import io.miniplane.simulator.security.KeyMaker;
import io.miniplane.simulator.world.RandomText;
import java.security.KeyPair;
import java.util.Locale;

/**
 * A merchant, with both halves of the key whose public one WeChat Pay knows.
 *
 * @param id the merchant's number
 * @param certificateSerial the serial of the merchant's API certificate
 * @param keys the RSA keys of that certificate
 * @param apiV3Key 32 letters and digits, under which notifications are enciphered
 */
public record Merchant(String id, String certificateSerial, KeyPair keys, String apiV3Key) {

    /** The number of the merchant of trials. */
    public static final String TRIAL_ID = "1900000109";

    private static final int API_V3_KEY = 32;

    /** @throws IllegalArgumentException when the number, serial or API v3 key is malformed */
    public Merchant {
        if (!id.matches("[0-9]{8,10}")) {
            throw new IllegalArgumentException("A merchant's number has 8 to 10 digits.");
        }
        if (!certificateSerial.matches("[0-9A-Fa-f]{8,40}")) {
            throw new IllegalArgumentException("The serial of a merchant's certificate is hexadecimal.");
        }
        if (!apiV3Key.matches("[0-9A-Za-z]{32}")) {
            throw new IllegalArgumentException("An API v3 key has 32 letters and digits.");
        }
    }

    /** The merchant of trials, with keys that nobody had before. */
    public static Merchant trial() {
        String serial = (KeyMaker.serial() + RandomText.hexWord()).toUpperCase(Locale.ROOT);
        return new Merchant(TRIAL_ID, serial, KeyMaker.rsa(), RandomText.letters(API_V3_KEY));
    }

    /** The private key as PEM, PKCS#8. */
    public String privateKeyPem() {
        return KeyMaker.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** Tells nothing of the keys. */
    @Override
    public String toString() {
        return "Merchant[" + id + "]";
    }
}
