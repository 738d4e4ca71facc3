package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How staff signs in: with the access tokens of the company's own OpenID Connect issuer. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Staff(
        @JsonPropertyDescription("The iss of the tokens, to the letter. The keys of the issuer are found through "
                + "/.well-known/openid-configuration below it.")
        @Size(max = Shapes.URL_LENGTH)
        @Pattern(ADDRESS)
        @ValidationRule(
                value = "self.matches('" + ADDRESS + "')",
                message = ADDRESS_CURE + "https://login.example/realms/shop")
        @Required
        String issuer,

        @JsonPropertyDescription("What the aud of a token must name: this API, not a client of the issuer.")
        @Size(min = 1, max = 255)
        @Required
        String audience,

        @JsonPropertyDescription("The claim that holds the roles: a name, or a path of names with dots between; a name "
                + "may itself hold dots.")
        @Size(max = 255)
        @Pattern("^[^ ]+$")
        @ValidationRule(
                value = "self.matches('^[^ ]+$')",
                message = "must be a claim without spaces, for example roles or realm_access.roles")
        @Default("roles")
        String rolesClaim,

        @JsonPropertyDescription("What each value of that claim stands for: support, operator or admin. Other values "
                + "stand for nothing.")
        @Size(min = 1, max = 100)
        @ValidationRule(
                value = "self.all(name, name.matches('^[^\\\\[\\\\]]{1,255}$'))",
                message = "each value of the claim must be 1 to 255 characters without square brackets, for example "
                        + "shop-admins")
        @Required
        Map<String, Role> roles,

        @JsonPropertyDescription("Where the keys of the issuer are, for an issuer without discovery.")
        @Size(max = Shapes.URL_LENGTH)
        @Pattern(ADDRESS)
        @ValidationRule(
                value = "self.matches('" + ADDRESS + "')",
                message = ADDRESS_CURE + "https://login.example/realms/shop/certs; or leave it out")
        @Nullable
        String jwksUri) {

    private static final String ADDRESS = "^https://[^/?# ]+(/[^?# ]*)?$";
    private static final String ADDRESS_CURE = "must start with https:// and a host, without query, for example ";

    /** What a member of staff may do. */
    public enum Role {
        /** Reads, with what is personal masked. */
        @JsonProperty("support")
        SUPPORT,
        /** Runs the shop. */
        @JsonProperty("operator")
        OPERATOR,
        /** May do everything, and reads the audit log. */
        @JsonProperty("admin")
        ADMIN
    }
}
