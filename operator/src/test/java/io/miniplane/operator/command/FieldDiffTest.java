package io.miniplane.operator.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldDiffTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void sameObjectsDifferInNothing() {
        assertThat(diff("{a: 1, b: [x, y]}", "{b: [x, y], a: 1}")).isEmpty();
    }

    @Test
    void fieldsThatComeGoAndChangeAreALineEach() {
        assertThat(diff("{spec: {gone: 1, image: 'a:1'}}", "{spec: {image: 'a:2', fresh: {deep: true}}}"))
                .containsExactly("+ spec.fresh.deep: true", "- spec.gone: 1", "- spec.image: a:1", "+ spec.image: a:2");
    }

    @Test
    void namedItemsAreComparedByNameWhereverTheyStand() {
        assertThat(diff(
                        "{env: [{name: A, value: 1}, {name: B, value: 2}]}",
                        "{env: [{name: B, value: 3}, {name: A, value: 1}]}"))
                .containsExactly("- env[B].value: 2", "+ env[B].value: 3");
        assertThat(diff("{env: []}", "{env: [{name: A, value: 1}]}"))
                .containsExactly("+ env[0].name: A", "+ env[0].value: 1");
    }

    @Test
    void itemsWithoutNamesAreComparedByTheirPlace() {
        assertThat(diff("{args: [a, b]}", "{args: [a, c, d]}"))
                .containsExactly("- args[1]: b", "+ args[1]: c", "+ args[2]: d");
    }

    @Test
    void textsOfSeveralLinesAreComparedLineByLine() {
        assertThat(diff("{data: {app.yaml: \"a\\nb\\nc\\n\"}}", "{data: {app.yaml: \"a\\nx\\nc\\nd\\n\"}}"))
                .containsExactly("  data[app.yaml]:", "    - b", "    + x", "    + d");
    }

    private static List<String> diff(String before, String after) {
        return FieldDiff.between(tree(before), tree(after));
    }

    private static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
