package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** WeChat Pay's own library signs, verifies, seals and opens as we do. */
class WechatpayJavaAgreesTest {

    private static final KeyPair PAIR = rsa();
    private static final int MESSAGES = 150;
    private static final String[] CHARACTERS = {"a", "é", "张", "🎸", "{", "\"", "\n", " "};

    @Test
    void thePublishedVectorOpens() throws Exception {
        assertThat(keys("a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb")
                        .open("uluk4a9R25RW", "associatedData", "ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI="))
                .isEqualTo("message".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWasChangedDoesNotOpen() {
        MerchantKeys keys = keys("a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb");
        String sealed = "ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=";
        assertThatThrownBy(() -> keys.open("uluk4a9R25RX", "associatedData", sealed))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> keys.open("uluk4a9R25RW", "other", sealed))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> keys.open("uluk4a9R25RW", "associatedData", "v" + sealed.substring(1)))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(
                        () -> keys("a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gc").open("uluk4a9R25RW", "associatedData", sealed))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void itVerifiesWhatWeSignAndWeVerifyWhatItSigns() throws Exception {
        MerchantKeys ours = new MerchantKeys(PAIR.getPrivate(), "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb");
        RSASigner signer = new RSASigner("5157F09EFDC096DE15EBE81A47057A7232F1B8E1", PAIR.getPrivate());
        RSAVerifier verifier = new RSAVerifier(PAIR.getPublic(), "PUB_KEY_ID_1");
        Random random = new Random(20_261_124);
        for (int i = 0; i < MESSAGES; i++) {
            String timestamp = Integer.toString(random.nextInt(1 << 30));
            String nonce = text(random, 20).replace("\n", "");
            String body = text(random, random.nextInt(600));
            String message = timestamp + "\n" + nonce + "\n" + body + "\n";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

            String signed = ours.sign(timestamp, nonce, body);
            assertThat(signed).isEqualTo(signer.sign(message).getSign());
            assertThat(verifier.verify("PUB_KEY_ID_1", message, signed)).isTrue();
            assertThat(PlatformKeys.isGenuine(PAIR.getPublic(), timestamp, nonce, bytes, signed))
                    .isTrue();
            assertThat(PlatformKeys.isGenuine(PAIR.getPublic(), timestamp, nonce + "0", bytes, signed))
                    .isFalse();
        }
    }

    @Test
    void weOpenWhatItSeals() throws Exception {
        String key = "5YI2YwEdV56hCsNEoOGEeL17vRFcz3i6";
        AeadAesCipher theirs = new AeadAesCipher(key.getBytes(StandardCharsets.UTF_8));
        Random random = new Random(20_261_125);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] associated = text(random, random.nextInt(16)).getBytes(StandardCharsets.UTF_8);
            String nonce = "katvtHDDPx%02d".formatted(random.nextInt(100));
            String text = text(random, random.nextInt(600));
            String sealed = theirs.encrypt(
                    associated, nonce.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
            assertThat(keys(key).open(nonce, new String(associated, StandardCharsets.UTF_8), sealed))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            assertThat(Base64.getDecoder().decode(sealed)).hasSizeGreaterThanOrEqualTo(16);
        }
    }

    private static MerchantKeys keys(String apiV3Key) {
        return new MerchantKeys(PAIR.getPrivate(), apiV3Key);
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }
}
