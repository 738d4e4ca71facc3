package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.platform.security.Role;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How staff signs in.
 *
 * @param staff the company's issuer; absent: staff cannot sign in
 */
@Validated
@ConfigurationProperties("miniplane")
record StaffSettings(@Valid @Nullable SignIn staff) {

    /**
     * How staff signs in: with the access tokens of the company's own OpenID Connect issuer.
     *
     * @param issuer the {@code iss} of its tokens, to the letter; its keys are found through {@code /.well-known/openid-configuration} below it
     * @param audience what the {@code aud} of a token must name: this API, not a client of the issuer
     * @param rolesClaim the claim that holds the roles: a name, or a path of names with dots between; a name may itself hold dots
     * @param roles what each value of that claim stands for; other values stand for nothing
     * @param jwksUri where the keys of the issuer are, for an issuer without discovery
     * @param clockSkew by how much the clocks of issuer and server may differ, up to 5 minutes
     * @param longestAge how long after its issue a token opens anything, whatever its {@code exp}, so that a role that was withdrawn ends; 1 minute to
     *     24 hours
     */
    record SignIn(
            @NotNull(message = ISSUER) @Pattern(regexp = ADDRESS, message = ISSUER)
            String issuer,

            @NotBlank(message = "set it to the audience that the issuer gives tokens for this API")
            String audience,

            @NotBlank(message = "set it to a claim such as roles or realm_access.roles") @DefaultValue("roles")
            String rolesClaim,

            @NotEmpty(
                    message =
                            "name at least one value of the roles claim and what it stands for, such as shop-admins: admin")
            Map<String, StaffRole> roles,

            @Pattern(regexp = ADDRESS, message = "set it to an https address, or leave it out") @Nullable
            String jwksUri,

            @DurationMin(message = "set it to 0s or more")
            @DurationMax(minutes = 5, message = "set it to 5m or less")
            @DefaultValue("30s")
            Duration clockSkew,

            @DurationMin(minutes = 1, message = "set it to 1m or more")
            @DurationMax(hours = 24, message = "set it to 24h or less")
            @DefaultValue("2h")
            Duration longestAge) {

        /** Keys that come over plain HTTP could be anybody's, except from this machine. */
        private static final String ADDRESS =
                "(https://[^\\s/?#]+|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?)(/[^\\s?#]*)?";

        private static final String ISSUER =
                "set it to the https address that the issuer writes into the iss of its tokens";

        /** What a value of the roles claim can stand for. */
        enum StaffRole {
            SUPPORT(Role.SUPPORT),
            OPERATOR(Role.OPERATOR),
            ADMIN(Role.ADMIN);

            private final Role role;

            StaffRole(Role role) {
                this.role = role;
            }

            Role role() {
                return role;
            }
        }
    }
}
