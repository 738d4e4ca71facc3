package io.miniplane.operator.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which labels are wanted, as Kubernetes writes it: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}.
 *
 * @param requirements all of which must hold
 */
record LabelSelector(List<Predicate<Map<String, String>>> requirements) implements Predicate<Map<String, String>> {

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^!=\\s]+)\\s*(=|==|!=)\\s*([^!=\\s]*)");
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^!=,()\\s]+)");
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    /** @throws IllegalArgumentException where the text is no selector; the message says which part */
    static LabelSelector parse(String text) {
        var requirements = new ArrayList<Predicate<Map<String, String>>>();
        if (!text.isBlank()) {
            COMMA.splitAsStream(text)
                    .map(String::strip)
                    .map(LabelSelector::requirement)
                    .forEach(requirements::add);
        }
        return new LabelSelector(List.copyOf(requirements));
    }

    @Override
    public boolean test(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
    }

    private static Predicate<Map<String, String>> requirement(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            Set<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .collect(Collectors.toUnmodifiableSet());
            return among(set.group(1), values, set.group(2).equals("in"));
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            return among(
                    equality.group(1),
                    Set.of(equality.group(3)),
                    !equality.group(2).equals("!="));
        }
        Matcher existence = EXISTENCE.matcher(text);
        if (existence.matches()) {
            boolean wanted = existence.group(1).isEmpty();
            return labels -> labels.containsKey(existence.group(2)) == wanted;
        }
        throw new IllegalArgumentException("\"" + text + "\" is no requirement of labels");
    }

    /** A label that isn't there is not among any values. */
    private static Predicate<Map<String, String>> among(String label, Set<String> values, boolean wanted) {
        return labels -> (labels.containsKey(label) && values.contains(labels.get(label))) == wanted;
    }
}
