package io.miniplane.simulator.world;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A template of subscribe messages that an app has.
 *
 * @param id the id that messages name
 * @param title its title
 * @param longTerm whether one accept is good for any number of messages
 * @param fields what a message fills in, in this order
 */
public record Template(String id, String title, boolean longTerm, List<Field> fields) {

    private static final int ONE_TIME = 2;
    private static final int LONG_TERM = 3;

    /** @throws IllegalArgumentException when it has no field or a field twice */
    public Template {
        fields = List.copyOf(fields);
        if (fields.isEmpty() || fields.stream().map(Field::key).distinct().count() < fields.size()) {
            throw new IllegalArgumentException("A template has fields, each of another name.");
        }
    }

    /**
     * One field.
     *
     * @param key the name, which begins with the rule for values: {@code thing1}
     * @param name what people read
     * @param example a value that fits
     * @param choices the values of an {@code enum} field; others have none
     */
    public record Field(String key, String name, String example, List<String> choices) {

        /** @throws IllegalArgumentException when the key names no rule */
        public Field {
            choices = List.copyOf(choices);
            if (FieldRule.of(key).isEmpty()) {
                throw new IllegalArgumentException(
                        "The field \"" + key + "\" must be named by a rule and a number, for example thing1.");
            }
        }

        /** Whether a value may stand here. */
        public boolean accepts(String value) {
            return FieldRule.of(key).filter(rule -> rule.accepts(value)).isPresent()
                    && (choices.isEmpty() || choices.contains(value));
        }
    }

    /** The number of its kind. */
    public int type() {
        return longTerm ? LONG_TERM : ONE_TIME;
    }

    /** The text with the places where values go. */
    public String content() {
        return fields.stream()
                .map(field -> field.name() + ":{{" + field.key() + ".DATA}}\n")
                .collect(Collectors.joining());
    }

    /** The text with values. */
    public String example() {
        return fields.stream()
                .map(field -> field.name() + ":" + field.example() + "\n")
                .collect(Collectors.joining());
    }
}
