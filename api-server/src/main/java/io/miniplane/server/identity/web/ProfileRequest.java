package io.miniplane.server.identity.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body that replaces a profile: what is left out or null is cleared. */
record ProfileRequest(
        @Size(max = Profile.NICKNAME_LENGTH, message = "is longer than {max} characters")
        @Pattern(
                regexp = "(?U)(?=.*\\S)[^\\p{Cntrl}\\p{Cs}]*",
                message = "must have a visible character and no control characters; leave it out to clear it")
        @Nullable
        String nickname,

        @Size(max = Profile.AVATAR_URL_LENGTH, message = "is longer than {max} characters")
        @Pattern(
                regexp = "https://[^\\s\\p{Cs}/?#]+([/?#][^\\s\\p{Cs}]*)?",
                message = "must be an address that begins with https://")
        @Nullable
        String avatarUrl,

        @Size(max = Profile.LANGUAGE_LENGTH, message = "is longer than {max} characters")
        @Pattern(
                regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,16}",
                message = "must be a language tag such as zh-CN or en")
        @Nullable
        String language,

        @JsonAnySetter Map<String, Object> unknown) {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    private static final String KNOWN = "nickname, avatarUrl and language";

    /**
     * The profile that was sent.
     *
     * @throws Failure 40000 when there is a field that a profile does not have
     */
    Profile profile() {
        if (unknown != null && !unknown.isEmpty()) {
            throw new Failure(
                    BAD_REQUEST,
                    named(unknown.keySet().iterator().next()) + " is no field of a profile: send " + KNOWN);
        }
        return new Profile(nickname, avatarUrl, language);
    }

    @Override
    public String toString() {
        return "ProfileRequest[redacted]";
    }

    /** The name as it may be shown: a name that nobody would give a field is not repeated. */
    private static String named(String field) {
        return field.matches("[A-Za-z0-9_.-]{1,40}") ? field : "what you sent";
    }
}
