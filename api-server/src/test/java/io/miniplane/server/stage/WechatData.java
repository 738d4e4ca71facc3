package io.miniplane.server.stage;

import io.miniplane.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Makes what WeChat hands to a mini-program, with nothing but the JDK and a session key in base64. */
public record WechatData(String sessionKey) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The {@code encryptedData} and {@code iv} of a text. */
    public Map<String, String> encrypt(String text) {
        return encrypt(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The {@code encryptedData} and {@code iv} of some bytes. */
    public Map<String, String> encrypt(byte[] plaintext) {
        byte[] iv = new byte[16];
        RANDOM.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            byte[] key = Base64.getDecoder().decode(sessionKey);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return Map.of("encryptedData", base64(cipher.doFinal(plaintext)), "iv", base64(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The signature of a text. */
    public String sign(String rawData) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest((rawData + sessionKey).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JSON of the fields with a watermark of the trial app. */
    public static String watermarked(Map<String, ?> fields, Instant madeAt) {
        return watermarked(fields, madeAt, SimulatorOptions.TRIAL_APP_ID);
    }

    /** JSON of the fields with a watermark. */
    public static String watermarked(Map<String, ?> fields, Instant madeAt, String appId) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put("watermark", Map.of("timestamp", madeAt.getEpochSecond(), "appid", appId));
        return JSON.writeValueAsString(all);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
