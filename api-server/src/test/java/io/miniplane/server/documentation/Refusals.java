package io.miniplane.server.documentation;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answers that refuse: which codes an operation can meet, and what they look like, told by the sentences of the codes. */
final class Refusals {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Map<Integer, String> HEADERS = Map.of(401, "WWW-Authenticate", 405, "Allow");

    private final ObjectNode shared;
    private final Properties sentences = new Properties();
    private final Map<String, ObjectNode> answers = new TreeMap<>();

    /** Takes what all operations share. */
    Refusals(ObjectNode shared) throws IOException {
        this.shared = shared;
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Refusals.class.getResourceAsStream("/messages.properties")),
                StandardCharsets.UTF_8)) {
            sentences.load(reader);
        }
    }

    /** Every code that has a sentence. */
    Set<Integer> known() {
        return sentences.stringPropertyNames().stream()
                .filter(key -> key.startsWith("error."))
                .map(key -> Integer.valueOf(key.substring("error.".length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A table of all codes and their sentences in Markdown. */
    String table() {
        return known().stream()
                .map(code -> "| `%d` | %s |%n".formatted(code, sentence(code, "…", "…")))
                .collect(Collectors.joining("", "| Code | Meaning |\n|---|---|\n", ""))
                .strip();
    }

    /** The codes that an operation can meet: its own, and those of the chain. */
    Set<Integer> of(String path, JsonNode operation) {
        Set<Integer> codes = new TreeSet<>();
        addAll(codes, operation.path("errors"));
        JsonNode chain = shared.path("refusals");
        addAll(codes, chain.path("always"));
        groups(path, operation).forEach(group -> addAll(codes, chain.path(group)));
        return codes;
    }

    private static Stream<String> groups(String path, JsonNode operation) {
        Callers callers = Callers.of(operation);
        return Stream.of(
                        Map.entry("always", true),
                        Map.entry("api", path.startsWith("/api/")),
                        Map.entry("body", operation.path("body").isString()),
                        Map.entry("user", callers.areUsers()),
                        Map.entry("staff", callers.areStaff()))
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey);
    }

    /** References to the answers by HTTP status; operations that refuse for the same reasons share them. */
    Map<Integer, ObjectNode> answers(Collection<Integer> codes) {
        Map<Integer, Set<Integer>> byStatus = codes.stream()
                .collect(
                        Collectors.groupingBy(code -> code / 100, TreeMap::new, Collectors.toCollection(TreeSet::new)));
        Map<Integer, ObjectNode> answers = new TreeMap<>();
        byStatus.forEach((status, some) -> answers.put(status, reference(status, some)));
        return answers;
    }

    /** The answers that were referred to, by name, and those that no operation gives. */
    ObjectNode all() {
        shared.path("elsewhere").valueStream().forEach(code -> reference(code.asInt() / 100, Set.of(code.asInt())));
        return JsonMapper.shared().createObjectNode().setAll(answers);
    }

    private ObjectNode reference(int status, Set<Integer> codes) {
        String name = codes.stream().map(String::valueOf).collect(Collectors.joining("-"));
        answers.computeIfAbsent(name, absent -> answer(status, codes));
        return JsonMapper.shared().createObjectNode().put("$ref", "#/components/responses/" + name);
    }

    private ObjectNode answer(int status, Set<Integer> codes) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put(
                "description",
                codes.stream()
                        .map(code -> "- `%d` %s".formatted(code, sentence(code)))
                        .collect(Collectors.joining("\n")));
        ObjectNode headers = answer.putObject("headers");
        Headers.add(headers, "X-Request-Id");
        if (HEADERS.containsKey(status)) {
            Headers.add(headers, HEADERS.get(status));
        }
        long passing = codes.stream().filter(this::passes).count();
        if (passing > 0) {
            Headers.add(headers, "Retry-After", passing == codes.size() ? "Retry-After" : "Retry-After-If-It-Helps");
        }
        ObjectNode content = answer.putObject("content");
        content(content.putObject("application/json"), "Refusal", codes, this::refusal);
        content(content.putObject("application/problem+json"), "Problem", codes, this::problem);
        return answer;
    }

    private static void content(
            ObjectNode content, String schema, Set<Integer> codes, Function<Integer, ObjectNode> example) {
        ArrayNode all = content.putObject("schema").putArray("allOf");
        all.addObject().put("$ref", "#/components/schemas/" + schema);
        ArrayNode allowed =
                all.addObject().putObject("properties").putObject("code").putArray("enum");
        codes.forEach(allowed::add);
        ObjectNode examples = content.putObject("examples");
        codes.forEach(code -> examples.putObject(code.toString()).set("value", example.apply(code)));
    }

    private ObjectNode refusal(int code) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("code", code)
                .put("message", sentence(code))
                .putNull("data")
                .put("traceId", TRACE_ID);
    }

    private ObjectNode problem(int code) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("type", "urn:miniplane:error:" + code)
                .put("title", HttpStatus.valueOf(code / 100).getReasonPhrase())
                .put("status", code / 100)
                .put("detail", sentence(code))
                .put("code", code)
                .put("traceId", TRACE_ID);
    }

    private boolean passes(int code) {
        return shared.path("retry").valueStream().anyMatch(each -> each.asInt() == code);
    }

    private String sentence(int code) {
        return sentence(code, arguments(code));
    }

    private Object[] arguments(int code) {
        return shared.path("arguments")
                .path(Integer.toString(code))
                .valueStream()
                .map(JsonNode::asString)
                .toArray();
    }

    private String sentence(int code, Object... arguments) {
        String sentence = sentences.getProperty("error." + code);
        if (sentence == null) {
            throw new IllegalStateException("src/main/openapi names a code that is not there: " + code);
        }
        String filled = new MessageFormat(sentence, Locale.ENGLISH).format(arguments);
        if (filled.contains("{")) {
            throw new IllegalStateException("src/main/openapi/miniplane.yaml does not say: arguments." + code);
        }
        return filled;
    }

    private static void addAll(Set<Integer> codes, JsonNode some) {
        some.valueStream().forEach(code -> codes.add(code.asInt()));
    }
}
