package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ApiDocumentTest {

    private static final Pattern CODE = Pattern.compile("new ErrorCode\\(\\s*(\\d+)");

    private CommittedDocument document;

    @BeforeEach
    void read() throws IOException {
        document = CommittedDocument.read();
    }

    @Test
    void itKeepsTheRulesOfOpenApi() throws IOException {
        assertThat(document.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/paths/~1api~1v1~1auth~1login/post, summary, 1",
        "/paths/~1api~1v1~1auth~1login/post/requestBody, content, 1",
        "/components/headers/Retry-After/schema, type, 'seconds'",
        "/components/schemas/LoginRequest/properties/code, maxLength, 'many'"
    })
    void aBrokenRuleOfOpenApiIsNoticed(String place, String key, String value) throws IOException {
        ((ObjectNode) document.tree().at(place)).put(key, value.equals("1") ? null : value);
        assertThat(document.errors()).isNotEmpty();
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        assertThat(document.wrongExamples()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/components/schemas/LoginRequest/properties/code, maxLength",
        "/components/schemas/Tokens/properties/token, maxLength",
        "/components/headers/Retry-After/schema, maximum"
    })
    void anExampleThatItsSchemaRefusesIsNoticed(String place, String key) {
        ((ObjectNode) document.tree().at(place)).put(key, 1);
        assertThat(document.wrongExamples()).isNotEmpty();
    }

    @Test
    void everyCodeOfTheSourcesIsDocumentedAndNoOther() throws IOException {
        assertThat(document.codes())
                .containsAll(codesInTheSources())
                .isEqualTo(new Refusals(JsonMapper.shared().createObjectNode()).known());
    }

    private static Set<Integer> codesInTheSources() throws IOException {
        Set<Integer> codes = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = CODE.matcher(Files.readString(source));
                while (matcher.find()) {
                    codes.add(Integer.valueOf(matcher.group(1)));
                }
            }
        }
        return codes;
    }
}
