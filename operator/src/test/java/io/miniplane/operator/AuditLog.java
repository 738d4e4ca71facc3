package io.miniplane.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the API server notes about each request for objects, whoever sent it. */
public final class AuditLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_ITS_OWN = Set.of("leases", "selfsubjectrulesreviews");
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: None
                nonResourceURLs: ["*"]
              - level: Metadata
            """;
    private static final String OPERATOR = "miniplane-operator";
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

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
        return entries(OPERATOR).stream()
                .filter(entry -> WRITES.contains(entry.path("verb").asText()))
                .filter(entry -> !OF_ITS_OWN.contains(
                        entry.path("objectRef").path("resource").asText()))
                .map(AuditLog::describe)
                .toList();
    }

    /** The same, once it has written nothing for five seconds: autoscalers take a while to say all that they have to say. */
    public List<String> operatorWritesOnceQuiet() throws InterruptedException {
        List<String> before;
        do {
            before = operatorWrites();
            Thread.sleep(5000);
        } while (operatorWrites().size() > before.size());
        return before;
    }

    /** Every list that the operator asked for so far, as {@code list resource namespace/ -> code}. */
    public List<String> operatorLists() {
        return entries(OPERATOR).stream()
                .filter(entry -> entry.path("verb").asText().equals("list"))
                .map(AuditLog::describe)
                .toList();
    }

    /** Every request of the operator for objects so far. */
    List<Request> operatorRequests() {
        return entries(OPERATOR).stream().map(AuditLog::request).toList();
    }

    /**
     * One request.
     *
     * @param resource with the subresource after a slash, if there is one
     * @param status of the answer, in HTTP
     */
    record Request(String verb, String group, String resource, String namespace, String name, int status) {

        Request withVerb(String other) {
            return new Request(other, group, resource, namespace, name, status);
        }
    }

    /** Every write of a program so far, with the address that it used. */
    public List<String> writesBy(String userAgent) {
        return entries(userAgent).stream()
                .filter(entry -> WRITES.contains(entry.path("verb").asText()))
                .map(entry -> describe(entry) + " " + entry.path("requestURI").asText())
                .toList();
    }

    private List<JsonNode> entries(String userAgent) {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("\"userAgent\":\"" + userAgent + "\""))
                    .map(AuditLog::parse)
                    .filter(entry -> userAgent.equals(entry.path("userAgent").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(JsonNode entry) {
        Request request = request(entry);
        return "%s %s %s/%s -> %d"
                .formatted(request.verb(), request.resource(), request.namespace(), request.name(), request.status());
    }

    private static Request request(JsonNode entry) {
        JsonNode object = entry.path("objectRef");
        String subresource = object.path("subresource").asText();
        return new Request(
                entry.path("verb").asText(),
                object.path("apiGroup").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(),
                object.path("name").asText(),
                entry.path("responseStatus").path("code").asInt());
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
