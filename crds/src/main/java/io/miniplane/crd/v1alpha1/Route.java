package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that go to the team's own container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "size(self.roles) == 0 || self.auth == 'Required'",
        message = "roles need auth Required: set auth to Required, or leave roles out")
public record Route(
        @JsonPropertyDescription(
                "Path pattern: * stands for one segment, ** at the end for all that follow, for example "
                        + "/api/shop/**.")
        @Size(min = 1, max = 200)
        @Pattern("^(/([a-zA-Z0-9._~-]+|[*]))*(/[*][*]|/)?$")
        @ValidationRule(
                value = "self.matches('^(/([a-zA-Z0-9._~-]+|[*]))*(/[*][*]|/)?$')",
                message = "must start with / and have * only as a whole segment and ** only at the end, for "
                        + "example /api/shop/**")
        @ValidationRule(
                value = "!self.matches('^/(api/v1|wechat)(/|$)')",
                message = "must not be under /api/v1 or /wechat, which the backend answers itself: choose another "
                        + "path, for example /api/shop/**")
        @Required
        String path,

        @JsonPropertyDescription("HTTP methods. Empty: all.") @Size(max = 7) @Default("[]")
        List<Method> methods,

        @JsonPropertyDescription("Required refuses requests without a valid token, Optional passes the identity on if "
                + "there is one, None never looks.")
        @Default("Required")
        Auth auth,

        @JsonPropertyDescription("Roles of which the user needs one. Empty: any user. Only with auth Required.")
        @Size(max = 4)
        @Default("[]")
        List<Role> roles,

        @JsonPropertyDescription(
                "Time until an answer begins; 10ms to 10m. What comes after is streamed without a limit.")
        @Size(max = Shapes.TIMESPAN_LENGTH)
        @Pattern(Shapes.TIMESPAN)
        @ValidationRule(
                value = Shapes.TIMESPAN_RULE
                        + "duration(self) >= duration('10ms') && duration(self) <= duration('10m')",
                message = Shapes.TIMESPAN_CURE + "10ms to 10m")
        @Default("3s")
        Timespan timeout,

        @JsonPropertyDescription("Repetitions of a GET, HEAD, PUT or DELETE that failed before any answer.")
        @Default("0")
        @Min(0)
        @Max(5)
        int retries,

        @JsonPropertyDescription("Largest request body; up to 1Gi.")
        @Size(max = 14)
        @Pattern(Route.BODY_LIMIT)
        @ValidationRule(
                value = "self.matches('" + Route.BODY_LIMIT + "') && quantity(self).isGreaterThan(quantity('0')) && "
                        + "quantity(self).compareTo(quantity('1Gi')) <= 0",
                message = "must be a whole number above 0 with a unit of Ki, Mi or Gi, up to 1Gi, for example 10Mi")
        @Default("1Mi")
        String bodyLimit,

        @JsonPropertyDescription("How many requests of this route a pod lets through. Absent: any number.") @Nullable
        RateLimit rateLimit,

        @JsonPropertyDescription("When requests of this route are refused at once because the container fails.")
        @Default("{}")
        Breaker breaker,

        @JsonPropertyDescription("Set to false, a WebSocket can't be opened on this route.") @Default("true")
        boolean webSocket) {

    private static final String BODY_LIMIT = "^[0-9]{1,10}(Ki|Mi|Gi)$";

    /** The largest request body in bytes. */
    public long bodyLimitBytes() {
        return Quantity.parse(bodyLimit).getNumericalAmount().longValueExact();
    }

    /** HTTP methods that can be routed. */
    public enum Method {
        /** GET. */
        GET,
        /** HEAD. */
        HEAD,
        /** POST. */
        POST,
        /** PUT. */
        PUT,
        /** PATCH. */
        PATCH,
        /** DELETE. */
        DELETE,
        /** OPTIONS. */
        OPTIONS
    }

    /** What a request has to prove. */
    public enum Auth {
        /** A valid token is needed. */
        @JsonProperty("Required")
        REQUIRED,
        /** A valid token is passed on as identity, none is fine. */
        @JsonProperty("Optional")
        OPTIONAL,
        /** Tokens are not looked at. */
        @JsonProperty("None")
        NONE
    }

    /** Roles of users. */
    public enum Role {
        /** A user of the mini-program. */
        @JsonProperty("user")
        USER,
        /** Staff that helps users. */
        @JsonProperty("support")
        SUPPORT,
        /** Staff that runs the shop. */
        @JsonProperty("operator")
        OPERATOR,
        /** Staff that may do everything. */
        @JsonProperty("admin")
        ADMIN
    }
}
