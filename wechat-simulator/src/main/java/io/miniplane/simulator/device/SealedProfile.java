package io.miniplane.simulator.device;

/**
 * What {@code wx.getUserProfile} gives.
 *
 * @param rawData the profile in clear, as JSON
 * @param signature over rawData
 * @param encryptedData the profile with openId, unionId and watermark, in base64
 * @param iv of the cipher, in base64
 */
public record SealedProfile(String rawData, String signature, String encryptedData, String iv) {

    @Override
    public String toString() {
        return "[redacted]";
    }
}
