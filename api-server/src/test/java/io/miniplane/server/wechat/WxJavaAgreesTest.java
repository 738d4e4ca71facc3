package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.util.crypt.WxMaCryptUtils;
import io.miniplane.server.stage.WechatData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A library by others reads and signs user data as we do. It has no encryption for it, so that is the JDK's alone. */
class WxJavaAgreesTest {

    private static final int LONGEST = 1100;
    private static final String[] CHARACTERS = {"a", "é", "张", "🎸", "{", "\"", "\u0001", " "};

    private final Random random = new Random(20_260_623);

    @Test
    void whatWeEncryptAndWhatWeDecryptIsTheSameForBothAtEveryLength() {
        for (int length = 0; length <= LONGEST; length++) {
            WechatData maker = new WechatData(key());
            String text = text(length);
            Map<String, String> data = maker.encrypt(text);
            String encrypted = data.get("encryptedData");
            String iv = data.get("iv");
            assertThat(WxMaCryptUtils.decrypt(maker.sessionKey(), encrypted, iv))
                    .isEqualTo(text);
            assertThat(WxMaCryptUtils.decryptAnotherWay(maker.sessionKey(), encrypted, iv))
                    .isEqualTo(text);
            assertThat(new EncryptedUserData(encrypted, iv).plaintext(new SessionKey(maker.sessionKey())))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void bothSignAlikeAtEveryLength() {
        WxMaServiceImpl theirs = new WxMaServiceImpl();
        for (int length = 0; length <= LONGEST - 8; length++) {
            WechatData maker = new WechatData(key());
            String rawData = "{\"x\":\"" + "张é".substring(length % 3) + "z".repeat(length) + "\"}";
            String signature = maker.sign(rawData);
            assertThat(theirs.getUserService().checkUserInfo(maker.sessionKey(), rawData, signature))
                    .isTrue();
            assertThat(new SignedUserData(rawData, signature).open(new SessionKey(maker.sessionKey())))
                    .isNotNull();
        }
    }

    private String key() {
        byte[] key = new byte[16];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Random characters that are so many bytes of UTF-8. */
    private String text(int bytes) {
        StringBuilder text = new StringBuilder();
        int left = bytes;
        while (left > 0) {
            String next = CHARACTERS[random.nextInt(CHARACTERS.length)];
            int size = next.getBytes(StandardCharsets.UTF_8).length;
            if (size <= left) {
                text.append(next);
                left -= size;
            }
        }
        return text.toString();
    }
}
