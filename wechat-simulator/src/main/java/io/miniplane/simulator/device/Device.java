package io.miniplane.simulator.device;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.Known;
import io.miniplane.simulator.world.PhoneNumber;
import io.miniplane.simulator.world.Profile;
import io.miniplane.simulator.world.RandomText;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The phones of all users, as far as mini-programs ask them for profiles and phone numbers. */
public final class Device {

    private static final Duration OLD = Duration.ofDays(1);
    private static final String OTHER_APP = "wx0000000000000000";
    private static final int IV_BYTES = 16;

    private final World world;
    private volatile URI pictures = URI.create("https://thirdwx.qlogo.cn");

    /** The phones of this world. */
    public Device(World world) {
        this.world = world;
    }

    /** Lets made-up people have their pictures under this address. */
    public void picturesAt(URI base) {
        pictures = base;
    }

    /**
     * What {@code wx.getUserProfile} gives.
     *
     * @param flaw what is wrong with it, or null for nothing
     * @throws IllegalArgumentException when the app or user is unknown, or the user did not log in
     */
    public SealedProfile profile(String appId, String openId, @Nullable Flaw flaw) {
        Known.app(world, appId);
        User user = Known.user(world, openId);
        UserDataCipher cipher = cipher(appId, openId, flaw == Flaw.DEAD_KEY);
        ObjectNode shown = shown(user);
        String rawData = shown.toString();
        ObjectNode whole = Json.object().put("openId", openId);
        whole.setAll(shown);
        if (user.unionId() != null) {
            whole.put("unionId", user.unionId());
        }
        SealedPhone sealed = seal(appId, whole, cipher, flaw);
        UserDataCipher signer = flaw == Flaw.WRONG_SIGNATURE ? new UserDataCipher(RandomText.base64(IV_BYTES)) : cipher;
        return new SealedProfile(rawData, signer.sign(rawData), sealed.encryptedData(), sealed.iv());
    }

    /**
     * What the phone number button gives beside its code.
     *
     * @param flaw what is wrong with it, or null for nothing
     * @throws IllegalArgumentException when the app or user is unknown, the user did not log in, or the flaw is one of
     *     a signature
     */
    public SealedPhone phone(String appId, String openId, @Nullable Flaw flaw) {
        if (flaw == Flaw.WRONG_SIGNATURE) {
            throw new IllegalArgumentException("Phone numbers are not signed: choose dead-key, other-app or old.");
        }
        Known.app(world, appId);
        PhoneNumber phone = Known.user(world, openId).phoneNumber();
        ObjectNode number = Json.object()
                .put("phoneNumber", phone.withPrefix())
                .put("purePhoneNumber", phone.number())
                .put("countryCode", phone.countryCode());
        return seal(appId, number, cipher(appId, openId, flaw == Flaw.DEAD_KEY), flaw);
    }

    private SealedPhone seal(String appId, ObjectNode data, UserDataCipher cipher, @Nullable Flaw flaw) {
        Instant now = world.clock().instant();
        data.putObject("watermark")
                .put("timestamp", (flaw == Flaw.OLD ? now.minus(OLD) : now).getEpochSecond())
                .put("appid", flaw == Flaw.OTHER_APP ? OTHER_APP : appId);
        String iv = RandomText.base64(IV_BYTES);
        String encrypted = cipher.encrypt(iv, data.toString());
        world.encryptedMessages().add(appId, encrypted);
        return new SealedPhone(encrypted, iv);
    }

    private ObjectNode shown(User user) {
        Profile profile = user.profile();
        String picture =
                profile.avatarUrl().isEmpty() ? pictures + "/avatars/" + user.openId() + ".svg" : profile.avatarUrl();
        return Json.object()
                .put("nickName", profile.nickname())
                .put("gender", profile.gender())
                .put("language", profile.language())
                .put("city", profile.city())
                .put("province", profile.province())
                .put("country", profile.country())
                .put("avatarUrl", picture);
    }

    private UserDataCipher cipher(String appId, String openId, boolean dead) {
        Optional<String> key = dead
                ? world.sessionKeys().dead(appId, openId)
                : world.sessionKeys().live(appId, openId);
        return key.map(UserDataCipher::new)
                .orElseThrow(() -> new IllegalArgumentException(
                        dead
                                ? "This user has no dead session key: let a server redeem two login codes first."
                                : "This user has no session: let a server redeem a login code first."));
    }
}
