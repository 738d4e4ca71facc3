package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a backend is for. */
public enum Environment {
    /** For one developer: everything is traced. */
    @JsonProperty("dev")
    DEV,
    /** For trying out what goes to production. */
    @JsonProperty("staging")
    STAGING,
    /** For users. */
    @JsonProperty("prod")
    PROD;

    /** The name of the server profile, as the manifest writes it: {@code dev}, {@code staging} or {@code prod}. */
    public String profile() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
