package io.miniplane.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.Profile;
import io.miniplane.simulator.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeviceTest {

    private static final String APP = "wx0123456789abcdef";

    private final World world = World.with(Map.of(APP, "0".repeat(32)));
    private final Device device = new Device(world);
    private UserDataCipher cipher = new UserDataCipher("");

    @BeforeEach
    void logIn() {
        Profile profile = new Profile("小明 🐼", "", 1, "zh_CN", "China", "Guangdong", "Shenzhen");
        world.users().put("oAlice", "uAlice", "13812345678", false, profile);
        world.sessionKeys().renew(APP, "oAlice");
        cipher = new UserDataCipher(world.sessionKeys().renew(APP, "oAlice"));
        device.picturesAt(URI.create("http://127.0.0.1:9090"));
    }

    private JsonNode read(String iv, String encryptedData) {
        return Json.parse(cipher.decrypt(iv, encryptedData));
    }

    @Test
    void a_profile_is_signed_enciphered_and_marked() throws Exception {
        world.clock().advance(Duration.ofDays(30));
        SealedProfile sealed = device.profile(APP, "oAlice", null);
        assertThat(sealed.signature()).isEqualTo(cipher.sign(sealed.rawData()));
        JsonNode whole = read(sealed.iv(), sealed.encryptedData());
        assertThat(whole.path("openId").stringValue()).isEqualTo("oAlice");
        assertThat(whole.path("unionId").stringValue()).isEqualTo("uAlice");
        assertThat(whole.path("nickName").stringValue()).isEqualTo("小明 🐼");
        assertThat(whole.path("avatarUrl").stringValue()).isEqualTo("http://127.0.0.1:9090/avatars/oAlice.svg");
        assertThat(whole.at("/watermark/appid").stringValue()).isEqualTo(APP);
        assertThat(whole.at("/watermark/timestamp").longValue())
                .isCloseTo(world.clock().instant().getEpochSecond(), Offset.offset(5L));
        assertThat(Json.parse(sealed.rawData()).propertyNames())
                .containsExactly("nickName", "gender", "language", "city", "province", "country", "avatarUrl");
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(sealed.encryptedData().getBytes(StandardCharsets.US_ASCII)));
        assertThat(world.encryptedMessages().madeAt(APP, hash)).isPresent();
    }

    @Test
    void a_phone_number_is_enciphered_and_marked() {
        SealedPhone sealed = device.phone(APP, "oAlice", null);
        JsonNode number = read(sealed.iv(), sealed.encryptedData());
        assertThat(number.path("phoneNumber").stringValue()).isEqualTo("13812345678");
        assertThat(number.path("countryCode").stringValue()).isEqualTo("86");
        assertThat(number.at("/watermark/appid").stringValue()).isEqualTo(APP);
    }

    @Test
    void data_has_the_flaws_that_were_asked_for() {
        SealedProfile dead = device.profile(APP, "oAlice", Flaw.DEAD_KEY);
        cipher = new UserDataCipher(world.sessionKeys().dead(APP, "oAlice").orElseThrow());
        assertThat(read(dead.iv(), dead.encryptedData()).path("openId").stringValue())
                .isEqualTo("oAlice");
        cipher = new UserDataCipher(world.sessionKeys().live(APP, "oAlice").orElseThrow());
        SealedPhone other = device.phone(APP, "oAlice", Flaw.OTHER_APP);
        assertThat(read(other.iv(), other.encryptedData())
                        .at("/watermark/appid")
                        .stringValue())
                .isNotEqualTo(APP);
        SealedPhone old = device.phone(APP, "oAlice", Flaw.OLD);
        assertThat(read(old.iv(), old.encryptedData())
                        .at("/watermark/timestamp")
                        .longValue())
                .isLessThan(world.clock().instant().getEpochSecond() - 86_000);
        SealedProfile unsigned = device.profile(APP, "oAlice", Flaw.WRONG_SIGNATURE);
        assertThat(unsigned.signature()).isNotEqualTo(cipher.sign(unsigned.rawData()));
        assertThatThrownBy(() -> device.phone(APP, "oAlice", Flaw.WRONG_SIGNATURE))
                .hasMessageContaining("not signed");
    }

    @Test
    void without_a_session_there_is_no_key() {
        world.users().put("oBob", null, null, false);
        assertThatThrownBy(() -> device.phone(APP, "oBob", null)).hasMessageContaining("no session");
        assertThatThrownBy(() -> device.phone(APP, "oCarol", null)).hasMessageContaining("openId is unknown");
        assertThatThrownBy(() -> device.phone("wx1", "oBob", null)).hasMessageContaining("appId is unknown");
    }
}
