package io.miniplane.server.identity.web;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.MaxCharacters;
import io.miniplane.server.platform.Reason;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body that replaces a profile: what is left out or null is cleared. */
record ProfileRequest(
        @MaxCharacters(max = Profile.NICKNAME_LENGTH)
        @Pattern(
                regexp = "(?U)[^\\p{Cntrl}\\p{Cs}]*[^\\s\\p{Cntrl}\\p{Cs}][^\\p{Cntrl}\\p{Cs}]*",
                message = "not-visible")
        @Nullable
        String nickname,

        @Size(max = Profile.AVATAR_URL_LENGTH, message = "too-long")
        @Pattern(regexp = "(?U)https://[^\\s\\p{Cs}/?#]+([/?#][^\\s\\p{Cs}]*)?", message = "not-https")
        @Nullable
        String avatarUrl,

        @Size(max = Profile.LANGUAGE_LENGTH, message = "too-long")
        @Pattern(regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,16}", message = "not-a-language")
        @Nullable
        String language,

        @JsonAnySetter Map<String, Object> unknown) {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);

    /**
     * The profile that was sent.
     *
     * @throws Failure 40000 when there is a field that a profile does not have
     */
    Profile profile() {
        if (unknown != null && !unknown.isEmpty()) {
            throw new Failure(BAD_REQUEST, unknown(unknown.keySet().iterator().next()));
        }
        return new Profile(nickname, avatarUrl, language);
    }

    @Override
    public String toString() {
        return "ProfileRequest[redacted]";
    }

    /** A name that nobody would give a field is not repeated. */
    private static Reason unknown(String field) {
        return field.matches("[A-Za-z0-9_.-]{1,40}")
                ? Reason.of("unknown-profile-field", field)
                : Reason.of("unknown-profile-fields");
    }
}
