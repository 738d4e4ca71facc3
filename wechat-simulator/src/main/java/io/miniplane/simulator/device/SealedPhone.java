package io.miniplane.simulator.device;

/**
 * What the phone number button gives beside its code.
 *
 * @param encryptedData the number with its watermark, in base64
 * @param iv of the cipher, in base64
 */
public record SealedPhone(String encryptedData, String iv) {

    @Override
    public String toString() {
        return "[redacted]";
    }
}
