package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.miniplane.server.stage.WechatData;
import io.miniplane.server.wechat.UserDataRefused.Ground;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserDataTest {

    private static final String APP = "wx4f4bc4dec97d474b";
    private static final Instant MADE = Instant.ofEpochSecond(1477314187);
    private static final SessionKey KEY = new SessionKey("tiihtNczf5v6AKRyjwEUhQ==");
    private static final String DATA =
            "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4l"
                    + "GOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lm"
                    + "HInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gf"
                    + "RK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYT"
                    + "opNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01E"
                    + "pqOyuxINew==";
    private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";

    @Test
    void theDataThatWechatPublishedIsDecrypted() {
        UserData band = new EncryptedUserData(DATA, IV).open(KEY, ruleAt(MADE));
        assertThat(band.openId()).hasValue("oGZUI0egBJY1zhBYw2KhdUfwVJJE");
        assertThat(band.unionId()).hasValue("ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
        assertThat(band.text("nickName")).hasValue("Band");
        assertThat(band.text("language")).hasValue("zh_CN");
        assertThat(band.phoneNumber()).isEmpty();
    }

    @Test
    void plusSignsThatBecameSpacesAreTakenForPlusSigns() {
        assertThat(DATA).contains("+");
        EncryptedUserData data = new EncryptedUserData(DATA.replace('+', ' '), IV);
        assertThat(data.open(KEY, ruleAt(MADE)).text("nickName")).hasValue("Band");
    }

    @Test
    void theSignatureThatWechatPublishedIsRightAndNoOther() {
        SessionKey key = new SessionKey("HyVFkGl5F5OQWJZZaNzBBg==");
        String rawData = "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\","
                + "\"province\":\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/vi_32/"
                + "1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0\"}";
        String signature = "75e81ceda165f4ffa64f4068af58c64b8f54b88c";
        assertThat(new SignedUserData(rawData, signature).open(key).text("nickName"))
                .hasValue("Band");
        refused(Ground.NOT_OF_THIS_SESSION, () -> new SignedUserData(rawData, signature).open(KEY));
        refused(Ground.NOT_OF_THIS_SESSION, () -> new SignedUserData(rawData + " ", signature).open(key));
        refused(Ground.NOT_OF_THIS_SESSION, () -> new SignedUserData(rawData, signature.replace('7', '8')).open(key));
        refused(Ground.NOT_OF_THIS_SESSION, () -> new SignedUserData(rawData, "").open(key));
    }

    @ParameterizedTest
    @CsvSource({
        "-91, STALE",
        "-90, ",
        "0, ",
        "330, ",
        "391, STALE",
        "390, ",
    })
    void dataIsTakenWithinItsAgeAndTheSkewOfBothClocks(long secondsLater, Ground ground) {
        EncryptedUserData data = new EncryptedUserData(DATA, IV);
        UserDataRule rule = ruleAt(MADE.plusSeconds(secondsLater));
        if (ground == null) {
            assertThat(data.open(KEY, rule).text("nickName")).hasValue("Band");
        } else {
            refused(ground, () -> data.open(KEY, rule));
        }
    }

    @Test
    void dataOfAnotherAppIsRefused() {
        UserDataRule other =
                new UserDataRule("wx0123456789abcdef", Duration.ofMinutes(5), Duration.ZERO, InstantSource.fixed(MADE));
        refused(Ground.NOT_THEIRS, () -> new EncryptedUserData(DATA, IV).open(KEY, other));
    }

    @Test
    void whateverTheKeyDoesNotOpenIsRefusedInOneWay() {
        String other = Base64.getEncoder().encodeToString(new byte[16]);
        WechatData ours = new WechatData(KEY.reveal());
        for (EncryptedUserData data : Arrays.asList(
                new EncryptedUserData(DATA, other),
                new EncryptedUserData(DATA.substring(0, DATA.length() - 8), IV),
                new EncryptedUserData("", IV),
                new EncryptedUserData("not base64 at all!", IV),
                new EncryptedUserData(DATA, "AAAA"),
                encrypted(ours, new byte[0]),
                encrypted(ours, "[1]".getBytes(StandardCharsets.UTF_8)),
                encrypted(ours, "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8)),
                encrypted(ours, "{} {}".getBytes(StandardCharsets.UTF_8)),
                encrypted(ours, "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)))) {
            refused(Ground.NOT_OF_THIS_SESSION, () -> data.open(KEY, ruleAt(MADE)));
        }
        refused(
                Ground.NOT_OF_THIS_SESSION,
                () -> new EncryptedUserData(DATA, IV).open(new SessionKey(other), ruleAt(MADE)));
        refused(
                Ground.NOT_OF_THIS_SESSION,
                () -> new EncryptedUserData(DATA, IV).open(new SessionKey("AAAA"), ruleAt(MADE)));
    }

    @Test
    void noByteOfTheDataCanBeChangedUnnoticedToOpenSomethingElseThanAnObjectOfThisApp() {
        byte[] bytes = Base64.getDecoder().decode(DATA);
        UserData genuine = new EncryptedUserData(DATA, IV).open(KEY, ruleAt(MADE));
        int refusedOnes = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            try {
                UserData opened =
                        new EncryptedUserData(Base64.getEncoder().encodeToString(changed), IV).open(KEY, ruleAt(MADE));
                assertThat(opened.tellsTheSameProfileAs(genuine)
                                && opened.openId().equals(genuine.openId()))
                        .as("byte %d", i)
                        .isFalse();
            } catch (UserDataRefused expected) {
                assertThat(expected).hasNoCause();
                refusedOnes++;
            }
        }
        assertThat(refusedOnes).isGreaterThan(bytes.length * 9 / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":1477314187}",
                "{\"appid\":\"wx4f4bc4dec97d474b\"}",
                "{\"appid\":\"wx4f4bc4dec97d474b\",\"timestamp\":\"1477314187\"}",
                "null",
                "[]"
            })
    void aWatermarkThatIsNotWholeIsNone(String watermark) {
        WechatData ours = new WechatData(KEY.reveal());
        EncryptedUserData data =
                encrypted(ours, ("{\"watermark\":" + watermark + "}").getBytes(StandardCharsets.UTF_8));
        refused(Ground.NOT_THEIRS, () -> data.open(KEY, ruleAt(MADE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "31556889864403200"})
    void aTimeBeyondAllTimesIsNotOfTheLastWhile(String timestamp) {
        WechatData ours = new WechatData(KEY.reveal());
        String json = "{\"watermark\":{\"appid\":\"" + APP + "\",\"timestamp\":" + timestamp + "}}";
        EncryptedUserData data = encrypted(ours, json.getBytes(StandardCharsets.UTF_8));
        refused(Ground.STALE, () -> data.open(KEY, ruleAt(MADE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"86\"", "86"})
    void aPhoneNumberHasItsCountryCodeAsTextOrNumber(String countryCode) {
        WechatData ours = new WechatData(KEY.reveal());
        String json = "{\"purePhoneNumber\":\"13800138000\",\"countryCode\":" + countryCode
                + ",\"watermark\":{\"appid\":\"" + APP + "\",\"timestamp\":1477314187}}";
        UserData data = encrypted(ours, json.getBytes(StandardCharsets.UTF_8)).open(KEY, ruleAt(MADE));
        assertThat(data.phoneNumber()).hasValue(new PhoneNumber("86", "13800138000"));
    }

    @Test
    void nothingPersonalIsSaid() {
        EncryptedUserData encrypted = new EncryptedUserData(DATA, IV);
        assertThat(encrypted.toString()).isEqualTo("EncryptedUserData[redacted]");
        assertThat(encrypted.open(KEY, ruleAt(MADE)).toString()).isEqualTo("UserData[redacted]");
        assertThat(new SignedUserData("{\"nickName\":\"Band\"}", "00").toString())
                .isEqualTo("SignedUserData[redacted]");
        assertThat(UserDataRefused.notOfThisSession()).hasMessage("error 40030").hasNoCause();
    }

    private static UserDataRule ruleAt(Instant now) {
        return new UserDataRule(APP, Duration.ofMinutes(5), Duration.ofSeconds(90), InstantSource.fixed(now));
    }

    private static EncryptedUserData encrypted(WechatData ours, byte[] plaintext) {
        Map<String, String> data = ours.encrypt(plaintext);
        return new EncryptedUserData(data.get("encryptedData"), data.get("iv"));
    }

    private static void refused(Ground ground, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatExceptionOfType(UserDataRefused.class)
                .isThrownBy(act)
                .withNoCause()
                .satisfies(refused -> assertThat(refused.ground()).isEqualTo(ground));
    }
}
