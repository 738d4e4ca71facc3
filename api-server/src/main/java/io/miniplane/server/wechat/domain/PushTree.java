package io.miniplane.server.wechat.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a pushed message, whether they came as JSON or as XML. A value is a text, a {@link Literal}, a list of values, or fields again. It may
 * hold personal data, so it shows in no log.
 */
public final class PushTree {

    private static final PushTree NOTHING = new PushTree(Map.of());

    private final Map<String, Object> fields;

    /** Takes the fields as they are now; lists and fields within them have to be done. */
    public PushTree(Map<String, Object> fields) {
        this.fields = new TreeMap<>(fields);
    }

    /** Whether there is such a field. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** A text or number as text; empty where there is none. */
    public String text(String name) {
        Object value = fields.get(name);
        return value instanceof String || value instanceof Literal ? value.toString() : "";
    }

    /** A number, which may have come as text; 0 where there is none. */
    public long number(String name) {
        try {
            return Long.parseLong(text(name).strip());
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    /** Fields within a field; none where there are none. */
    public PushTree tree(String name) {
        return fields.get(name) instanceof PushTree tree ? tree : NOTHING;
    }

    /** A list of fields; WeChat leaves the list out around a single one. */
    public List<PushTree> list(String name) {
        Object value = fields.get(name);
        return switch (value) {
            case PushTree single -> List.of(single);
            case List<?> many ->
                many.stream()
                        .filter(PushTree.class::isInstance)
                        .map(PushTree.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** Whether a field holds a list, and not what could be its only entry. */
    public boolean isList(String name) {
        return fields.get(name) instanceof List<?>;
    }

    /** Whether a number came as text. */
    public boolean isQuoted(String name) {
        return fields.get(name) instanceof String;
    }

    /** All of it as a JSON object, fields in the order of their names. */
    public String json() {
        StringBuilder json = new StringBuilder();
        write(json, this, false);
        return json.toString();
    }

    /**
     * A text that is the same for every form in which the same message can come: fields in the order of their names, numbers as text, a list of one as
     * that one.
     */
    public String canonical() {
        StringBuilder text = new StringBuilder();
        write(text, this, true);
        return text.toString();
    }

    @Override
    public String toString() {
        return "PushTree[redacted]";
    }

    private static void write(StringBuilder to, @Nullable Object value, boolean isCanonical) {
        switch (value) {
            case PushTree tree -> writeFields(to, tree.fields, isCanonical);
            case List<?> list when isCanonical && list.size() == 1 -> write(to, list.getFirst(), true);
            case List<?> list -> writeList(to, list, isCanonical);
            case Literal literal when !isCanonical -> to.append(literal);
            case null, default -> writeText(to, String.valueOf(value));
        }
    }

    private static void writeFields(StringBuilder to, Map<String, Object> fields, boolean isCanonical) {
        char before = '{';
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            to.append(before);
            writeText(to, field.getKey());
            to.append(':');
            write(to, field.getValue(), isCanonical);
            before = ',';
        }
        to.append(before == '{' ? "{}" : "}");
    }

    private static void writeList(StringBuilder to, Collection<?> list, boolean isCanonical) {
        char before = '[';
        for (Object value : list) {
            to.append(before);
            write(to, value, isCanonical);
            before = ',';
        }
        to.append(before == '[' ? "[]" : "]");
    }

    private static void writeText(StringBuilder to, String text) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                to.append(String.format("\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }

    /**
     * A number, {@code true}, {@code false} or {@code null} as JSON writes it.
     *
     * @param json its text
     */
    public record Literal(String json) {

        @Override
        public String toString() {
            return json;
        }
    }
}
