package io.miniplane.server.wechat.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.miniplane.server.wechat.domain.PushRefusal;
import io.miniplane.server.wechat.domain.PushRefusal.Reason;
import io.miniplane.server.wechat.domain.PushSignature;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PushCipherTest {

    private static final String APP = "wxba5fad812f8e6fb9";
    private static final String KEY = "A".repeat(43);
    private static final String ENCRYPTED =
            "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG"
                    + "QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2I"
                    + "uQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJG"
                    + "j04=";
    private static final String MESSAGE =
            "{\"ToUserName\":\"gh_97417a04a28d\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\",\"CreateTime\":1714112445,"
                    + "\"MsgType\":\"event\",\"Event\":\"debug_demo\",\"debug_str\":\"hello world\"}";

    private final PushCipher ours = new PushCipher(KEY, APP, new SecureRandom());
    private final WxCryptUtil theirs = new WxCryptUtil("AAAAA", KEY, APP);
    private final PushSignature signature = new PushSignature("AAAAA");

    @ParameterizedTest
    @CsvSource({
        "1714036504, 1514711492, f464b24fc39322e44b38aa78f5edd27bd1441696",
        "1714037059, 486452656, 899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "1714112445, 415670741, 6c5c811b55cc85e0e1b54100749188c20beb3f5d"
    })
    void theOfficialSignatures(String timestamp, String nonce, String expected) {
        assertThat(signature.of(timestamp, nonce)).isEqualTo(expected);
        assertThat(signature.isRight(expected, timestamp, nonce)).isTrue();
        assertThat(signature.isRight(expected.substring(1) + "g", timestamp, nonce))
                .isFalse();
        assertThat(signature.isRight(null, timestamp, nonce)).isFalse();
    }

    @Test
    void theOfficialMessage() {
        assertThat(signature.of("1714112445", "415670741", ENCRYPTED))
                .isEqualTo("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3");
        assertThat(ours.decrypt(ENCRYPTED)).isEqualTo(MESSAGE);
    }

    @Test
    void wxJavaReadsWhatWeEncryptAndTheReverseForEveryLength() {
        RandomGenerator random = new Random(20_260_823);
        for (int length = 0; length <= 1100; length++) {
            String ascii = text(random, length, "abcXYZ019 {}\":,<>&");
            assertThat(ours.decrypt(theirs.encrypt("0123456789abcdef", ascii))).isEqualTo(ascii);
            assertThat(theirs.decrypt(ours.encrypt(ascii))).isEqualTo(ascii);
            String wide = text(random, length, "微信推送é😀消息ab");
            assertThat(ours.decrypt(theirs.encrypt("fedcba9876543210", wide))).isEqualTo(wide);
            assertThat(theirs.decrypt(ours.encrypt(wide))).isEqualTo(wide);
        }
    }

    @Test
    void wxJavaReadsOurEncryptedReplies() {
        PushReply reply = PushReply.of("<xml>ok</xml>", ours, signature, 1714112445, "415670741");
        assertThat(theirs.decryptXml(reply.signature(), "1714112445", "415670741", reply.xml()))
                .isEqualTo("<xml>ok</xml>");
        JsonNode json = JsonMapper.shared().readTree(reply.json());
        assertThat(json.path("TimeStamp").isNumber()).isTrue();
        assertThat(json.path("Nonce").isString()).isTrue();
        assertThat(json.path("MsgSignature").asString())
                .isEqualTo(signature.of(
                        "1714112445", "415670741", json.path("Encrypt").asString()));
    }

    @Test
    void theLastCharacterOfAKeyMayCarryBitsThatMeanNothing() {
        String lax = "A".repeat(42) + "D";
        assertThat(new PushCipher(lax, APP, new SecureRandom()).decrypt(ENCRYPTED))
                .isEqualTo(MESSAGE);
    }

    @Test
    void anotherMiniProgramsMessageIsRefused() {
        refused(Reason.WRONG_APP, new WxCryptUtil("AAAAA", KEY, "wx0000000000000000").encrypt("0123456789abcdef", "x"));
        refused(Reason.WRONG_APP, new WxCryptUtil("AAAAA", KEY, "").encrypt("0123456789abcdef", "x"));
        refused(Reason.WRONG_APP, new WxCryptUtil("AAAAA", KEY, APP + "0").encrypt("0123456789abcdef", "x"));
    }

    @Test
    void whateverIsNoCiphertextOfOurKeyIsRefused() {
        refused(Reason.UNDECRYPTABLE, "");
        refused(Reason.UNDECRYPTABLE, "not base64!");
        refused(Reason.UNDECRYPTABLE, "AAAA");
        byte[] whole = Base64.getDecoder().decode(ENCRYPTED);
        IntStream.range(0, whole.length)
                .forEach(length -> refused(Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(whole, length))));
        IntStream.range(0, 500).forEach(number -> {
            String otherKey = String.format("%043d", number + 1);
            refused(new WxCryptUtil("AAAAA", otherKey, APP).encrypt("0123456789abcdef", MESSAGE + number));
        });
    }

    private void refused(Reason reason, String encrypted) {
        assertThatExceptionOfType(PushRefusal.class)
                .isThrownBy(() -> ours.decrypt(encrypted))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    /** Nobody can tell a wrong key from garbage, but nothing passes. */
    private void refused(String encrypted) {
        assertThatExceptionOfType(PushRefusal.class).isThrownBy(() -> ours.decrypt(encrypted));
    }

    private static String text(RandomGenerator random, int bytes, String alphabet) {
        int[] letters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        int left = bytes;
        while (left > 0) {
            int letter = letters[random.nextInt(letters.length)];
            int size = new String(Character.toChars(letter)).getBytes(StandardCharsets.UTF_8).length;
            letter = size > left ? 'a' : letter;
            text.appendCodePoint(letter);
            left -= size > left ? 1 : size;
        }
        return text.toString();
    }
}
