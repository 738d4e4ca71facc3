package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/** Requests that go to the team's own container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Route(
        @JsonPropertyDescription("Path pattern: * stands for one segment, ** at the end for all that follow, for example /api/shop/**.") @Required String path,
        @JsonPropertyDescription("HTTP methods. Empty: all.") @Default("[]") List<Method> methods,
        @JsonPropertyDescription("Required refuses requests without a valid token, Optional passes the identity on if there is one, None never looks.") @Default("Required") Auth auth,
        @JsonPropertyDescription("Roles of which the user needs one. Empty: any user. Only with auth Required.") @Default("[]") List<Role> roles,
        @JsonPropertyDescription("Time for a whole answer; 10ms to 10m.") @Default("3s") Timespan timeout,
        @JsonPropertyDescription("Repetitions of a GET, HEAD, PUT or DELETE that failed before any answer.") @Default("0") @Min(0) @Max(5) int retries,
        @JsonPropertyDescription("Largest request body; up to 1Gi.") @Default("1Mi") Quantity bodyLimit) {

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
