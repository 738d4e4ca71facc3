package io.miniplane.simulator.world;

import org.jspecify.annotations.Nullable;

/**
 * A person with a WeChat account.
 *
 * @param openId the person's id in every app of this simulator
 * @param unionId the id across apps, or null where no Open Platform account is bound
 * @param phoneNumber the number bound to the account
 * @param highRisk whether WeChat blocks the person's logins
 * @param profile what the person shows to others
 */
public record User(
        String openId, @Nullable String unionId, PhoneNumber phoneNumber, boolean highRisk, Profile profile) {}
