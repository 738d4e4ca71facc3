package io.miniplane.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the API server notes about each change that it was asked for. */
public final class AuditLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_ITS_OWN = Set.of("leases", "selfsubjectrulesreviews");
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: Metadata
                verbs: [create, update, patch, delete, deletecollection]
              - level: None
            """;

    private final Path policy;
    private final Path log;

    private AuditLog(Path policy, Path log) {
        this.policy = policy;
        this.log = log;
    }

    static AuditLog in(Path directory) throws IOException {
        return new AuditLog(
                Files.writeString(directory.resolve("audit-policy.yaml"), POLICY), directory.resolve("audit.log"));
    }

    List<String> serverFlags() {
        return List.of("--audit-policy-file=" + policy, "--audit-log-path=" + log);
    }

    /** Every write of the operator so far but those of leader election, as {@code verb resource namespace/name}. */
    public List<String> operatorWrites() {
        return entries("miniplane-operator").stream()
                .filter(entry -> !OF_ITS_OWN.contains(
                        entry.path("objectRef").path("resource").asText()))
                .map(AuditLog::describe)
                .toList();
    }

    /** Every write of a program so far, with the address that it used. */
    public List<String> writesBy(String userAgent) {
        return entries(userAgent).stream()
                .map(entry -> describe(entry) + " " + entry.path("requestURI").asText())
                .toList();
    }

    private List<JsonNode> entries(String userAgent) {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var lines = Files.lines(log)) {
            return lines.map(AuditLog::parse)
                    .filter(entry -> userAgent.equals(entry.path("userAgent").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(JsonNode entry) {
        JsonNode object = entry.path("objectRef");
        return "%s %s%s %s/%s -> %s"
                .formatted(
                        entry.path("verb").asText(),
                        object.path("resource").asText(),
                        object.has("subresource")
                                ? "/" + object.path("subresource").asText()
                                : "",
                        object.path("namespace").asText(),
                        object.path("name").asText(),
                        entry.path("responseStatus").path("code").asText());
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
