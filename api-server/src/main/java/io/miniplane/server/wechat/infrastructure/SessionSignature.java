package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.WechatFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves to WeChat that we hold a session key, without telling it. */
final class SessionSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private SessionSignature() {}

    /** Lower-case hexadecimal HMAC-SHA256 under the text of the key, which is not decoded. */
    static String of(SessionKey key, String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, impossible);
        }
    }

    /** What a call without a body says of a user and their session. */
    static Map<String, String> query(String openId, SessionKey key) {
        return Map.of("openid", openId, "signature", of(key, ""), "sig_method", "hmac_sha256");
    }

    /** What the error numbers of such calls mean. */
    static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 87007, 87009 -> new WechatFailure.SessionDead(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
