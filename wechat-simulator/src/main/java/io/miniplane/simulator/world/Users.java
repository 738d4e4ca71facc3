package io.miniplane.simulator.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The people who have a WeChat account. */
public final class Users {

    private static final Pattern OPEN_ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private final Map<String, User> users = Collections.synchronizedMap(new LinkedHashMap<>());

    /**
     * Makes a user, or replaces the one of that openId; what is null is made up, except the unionId.
     *
     * @throws IllegalArgumentException when the openId or phone number is malformed
     */
    public User put(@Nullable String openId, @Nullable String unionId, @Nullable String phoneNumber, boolean highRisk) {
        return put(openId, unionId, phoneNumber, highRisk, null);
    }

    /**
     * Makes a user, or replaces the one of that openId; what is null is made up, except the unionId.
     *
     * @throws IllegalArgumentException when the openId or phone number is malformed
     */
    public User put(
            @Nullable String openId,
            @Nullable String unionId,
            @Nullable String phoneNumber,
            boolean highRisk,
            @Nullable Profile profile) {
        String id = openId == null ? "o" + RandomText.letters(27) : openId;
        if (!OPEN_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("An openId has 1 to 64 letters, digits, \"_\" and \"-\".");
        }
        PhoneNumber phone = phoneNumber == null ? PhoneNumber.random() : PhoneNumber.parse(phoneNumber);
        User user = new User(id, unionId, phone, highRisk, profile == null ? shown(id) : profile);
        users.put(id, user);
        return user;
    }

    /** A replaced user keeps the profile. */
    private Profile shown(String openId) {
        return find(openId).map(User::profile).orElseGet(Profile::random);
    }

    /** All users, the one first who came first. */
    public List<User> all() {
        synchronized (users) {
            return List.copyOf(users.values());
        }
    }

    /** The user of this openId. */
    public Optional<User> find(String openId) {
        return Optional.ofNullable(users.get(openId));
    }
}
