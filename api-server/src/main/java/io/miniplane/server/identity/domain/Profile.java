package io.miniplane.server.identity.domain;

import java.util.regex.Pattern;
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

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern AVATAR =
            Pattern.compile("(?=.{9,1024}$)https://[^\\s\\p{Cs}/?#]+([/?#][^\\s\\p{Cs}]*)?");
    private static final Pattern TAG = Pattern.compile("(?=.{2,35}$)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,16}");

    /** The longest nickname, in characters (code points). */
    public static final int NICKNAME_LENGTH = 64;

    /** The longest avatar address, in characters. */
    public static final int AVATAR_URL_LENGTH = 1024;

    /** The longest language tag, in characters. */
    public static final int LANGUAGE_LENGTH = 35;

    /**
     * What WeChat tells about a user, made to fit: control characters are taken out of the nickname and what is too long is cut off, {@code http} of
     * an avatar becomes {@code https}, {@code zh_CN} becomes {@code zh-CN}, and what still does not fit is left out.
     */
    public static Profile ofWechat(String nickname, String avatarUrl, String language) {
        String secure = avatarUrl.replaceFirst("^http://", "https://");
        String tag = language.replace('_', '-');
        return new Profile(
                visible(nickname),
                AVATAR.matcher(secure).matches() ? secure : null,
                TAG.matcher(tag).matches() ? tag : null);
    }

    private static @Nullable String visible(String nickname) {
        String clean = INVISIBLE.matcher(nickname).replaceAll("").strip();
        int kept = Math.min(clean.codePointCount(0, clean.length()), NICKNAME_LENGTH);
        String fitting = clean.substring(0, clean.offsetByCodePoints(0, kept)).strip();
        return fitting.isEmpty() ? null : fitting;
    }

    /** The nickname as staff sees it, such as {@code 张*}: its first character alone. */
    public @Nullable String maskedNickname() {
        return nickname == null ? null : nickname.substring(0, nickname.offsetByCodePoints(0, 1)) + "*";
    }

    @Override
    public String toString() {
        return "Profile[redacted]";
    }
}
