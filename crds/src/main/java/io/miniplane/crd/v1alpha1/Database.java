package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL database of a backend: exactly one of the two. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.secretRef) != has(self.cloudNativePg)",
        message = "set exactly one of database.secretRef (a database that is there) and "
                + "database.cloudNativePg (one that is made)")
public record Database(
        @JsonPropertyDescription("Secret with the keys host, port (5432 when absent), dbname or database, username or "
                + "user, password and sslmode (optional), as CloudNativePG and Service Binding write them. What is "
                + "not there is taken from the key uri, as in postgresql://user:password@host:5432/dbname.")
        @Nullable
        SecretRef secretRef,

        @JsonPropertyDescription("A cluster that CloudNativePG runs for this backend. It stays when it is no longer "
                + "asked for or the backend is deleted, unless that is annotated with "
                + "miniplane.io/delete-database: \"true\".")
        @Nullable
        CloudNativePg cloudNativePg) {}
