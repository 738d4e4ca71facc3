package io.miniplane.server.identity.domain;

import org.jspecify.annotations.Nullable;

/**
 * What a user tells about themselves; everything is optional, and personal.
 *
 * @param nickname 1 to {@value #NICKNAME_LENGTH} characters
 * @param avatarUrl an absolute https address, up to {@value #AVATAR_URL_LENGTH} characters
 * @param language a BCP 47 tag such as {@code zh-CN}
 */
public record Profile(
        @Nullable String nickname,
        @Nullable String avatarUrl,
        @Nullable String language) {

    /** The longest nickname, in characters (code points). */
    public static final int NICKNAME_LENGTH = 64;

    /** The longest avatar address, in characters. */
    public static final int AVATAR_URL_LENGTH = 1024;

    /** The longest language tag, in characters. */
    public static final int LANGUAGE_LENGTH = 35;

    /** The nickname as staff sees it, such as {@code 张*}: its first character alone. */
    public @Nullable String maskedNickname() {
        return nickname == null ? null : nickname.substring(0, nickname.offsetByCodePoints(0, 1)) + "*";
    }

    @Override
    public String toString() {
        return "Profile[redacted]";
    }
}
