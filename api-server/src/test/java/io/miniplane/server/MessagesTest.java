package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Pattern CODE = Pattern.compile("new ErrorCode\\(\\s*(\\d+)");
    private static final Pattern REASON = Pattern.compile("Reason\\.of\\(\\s*\"([^\"]+)\"");
    private static final Pattern CONSTRAINT = Pattern.compile("message = \"([^\"]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Properties english = bundle("/messages.properties");
        Properties chinese = bundle("/messages_zh_CN.properties");
        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        english.stringPropertyNames()
                .forEach(key -> assertThat(placeholders(chinese.getProperty(key)))
                        .as(key)
                        .isEqualTo(placeholders(english.getProperty(key))));
    }

    @Test
    void everyCodeInUseHasItsSentence() throws IOException {
        Set<String> keys = bundle("/messages.properties").stringPropertyNames();
        assertThat(used(CODE))
                .as("codes in the sources")
                .hasSizeGreaterThan(10)
                .allSatisfy(code -> assertThat(keys).contains("error." + code));
        assertThat(used(REASON))
                .as("reasons in the sources")
                .isNotEmpty()
                .allSatisfy(key -> assertThat(keys).contains("reason." + key));
        assertThat(used(CONSTRAINT, source -> !source.contains("@ConfigurationProperties")))
                .as("constraints of request bodies in the sources")
                .isNotEmpty()
                .allSatisfy(key -> assertThat(keys).contains("reason." + key));
    }

    @Test
    void noSentenceHasAnApostropheThatMessageFormatWouldSwallow() throws IOException {
        assertThat(bundle("/messages.properties").values())
                .noneMatch(text -> text.toString().contains("'"));
    }

    private static Set<String> placeholders(String text) {
        return find(PLACEHOLDER, 0, text);
    }

    private static Set<String> used(Pattern pattern) throws IOException {
        return used(pattern, source -> true);
    }

    private static Set<String> used(Pattern pattern, Predicate<String> wanted) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(source);
                found.addAll(wanted.test(text) ? find(pattern, 1, text) : Set.of());
            }
        }
        return found;
    }

    private static Set<String> find(Pattern pattern, int group, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    private static Properties bundle(String name) throws IOException {
        try (InputStream stream = MessagesTest.class.getResourceAsStream(name)) {
            Properties properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return properties;
        }
    }
}
