package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL database of a backend: exactly one of the two. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Database(
        @JsonPropertyDescription("Secret with the keys host, port (5432 when absent), dbname, username, password and sslmode (optional), as CloudNativePG writes them.") @Nullable SecretRef secretRef,
        @JsonPropertyDescription("A cluster that CloudNativePG runs for this backend.") @Nullable CloudNativePg cloudNativePg) {}
