package io.miniplane.server.wechat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What WeChat tells about a user in data that only the session key opens; it is personal and shows in no log. */
public final class UserData {

    private static final String OPEN_ID = "openId";
    private static final String UNION_ID = "unionId";

    /** What a profile is made of, in plain and in encrypted data alike. */
    private static final List<String> PROFILE =
            List.of("nickName", "gender", "language", "city", "province", "country", "avatarUrl");

    private final JsonNode tree;

    UserData(JsonNode tree) {
        this.tree = tree;
    }

    /** The user within this mini-program; some kinds of data do not name them. */
    public Optional<String> openId() {
        return text(OPEN_ID);
    }

    /** The user across the apps of one Open Platform account, where one is bound. */
    public Optional<String> unionId() {
        return text(UNION_ID);
    }

    /** The text of a field; empty where it is not there, empty or not text. */
    public Optional<String> text(String field) {
        JsonNode value = tree.path(field);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** The phone number, or empty where this is other data. The country code comes as text or as a number. */
    public Optional<PhoneNumber> phoneNumber() {
        String countryCode = tree.path("countryCode").asString("");
        return countryCode.isEmpty()
                ? Optional.empty()
                : text("purePhoneNumber").map(number -> new PhoneNumber(countryCode, number));
    }

    /** Whether every field of a profile is the same in the other data, or missing in both. */
    public boolean tellsTheSameProfileAs(UserData other) {
        return PROFILE.stream().allMatch(field -> tree.path(field).equals(other.tree.path(field)));
    }

    void checkWatermark(UserDataRule rule) {
        JsonNode watermark = tree.path("watermark");
        JsonNode timestamp = watermark.path("timestamp");
        if (!timestamp.canConvertToLong()) {
            throw UserDataRefused.notTheirs();
        }
        rule.check(watermark.path("appid").asString(""), instant(timestamp.longValue()));
    }

    private static Instant instant(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            throw UserDataRefused.stale();
        }
    }

    @Override
    public String toString() {
        return "UserData[redacted]";
    }
}
