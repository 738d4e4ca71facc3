package io.miniplane.server.identity.web;

import io.miniplane.server.identity.application.KnownUsers.Newcomer;
import io.miniplane.server.identity.application.KnownUsers.Query;
import io.miniplane.server.identity.domain.Phone;
import io.miniplane.server.identity.domain.Profile;
import io.miniplane.server.platform.Paging;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies that staff sends. */
final class StaffRequests {

    private StaffRequests() {}

    /** A search: it has a body, for a phone number in an address would lie in the logs of every proxy. */
    record Search(
            @Pattern(regexp = "\\+86\\d{5,15}|\\+\\d{1,4} \\d{5,15}", message = "not-a-phone") @Nullable
            String phone,

            @Nullable Boolean deleted,
            @Nullable Integer limit,
            @Nullable String after) {

        Query query() {
            return new Query(Paging.of(limit, after), phone == null ? null : phone(phone), deleted);
        }

        /** Without a space only the country code of the mainland can be told from the number. */
        private static Phone phone(String text) {
            return Phone.parse(text.contains(" ") ? text : text.replaceFirst("\\+86", "+86 "));
        }

        @Override
        public String toString() {
            return "Search[redacted]";
        }
    }

    /** A user to be known before they come. */
    record New(
            @NotNull(message = "missing") @Pattern(regexp = "[A-Za-z0-9_-]{1,128}", message = "not-an-openid")
            String openId,

            @Pattern(regexp = "[A-Za-z0-9_-]{1,128}", message = "not-an-openid") @Nullable
            String unionId,

            @Valid @Nullable ProfileRequest profile) {

        Newcomer newcomer() {
            return new Newcomer(openId, unionId, profile == null ? new Profile(null, null, null) : profile.profile());
        }

        @Override
        public String toString() {
            return "New[redacted]";
        }
    }

    /** What to see in the clear, and why. */
    record Reveal(
            @NotEmpty(message = "reveal-nothing")
            Set<
                            @NotNull(message = "missing")
                            @Pattern(regexp = "phone|nickname|avatarUrl", message = "reveal-unknown") String>
                    fields,

            @NotBlank(message = "reason-missing")
            @Size(max = 200, message = "too-long")
            @Pattern(regexp = "(?U)[^\\p{Cntrl}\\p{Cs}]*", message = "control-characters")
            String reason) {}
}
