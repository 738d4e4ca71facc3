package io.miniplane.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {

    @TempDir
    private Path directory;

    @Test
    void helmHasNothingToSayAgainstTheChart() {
        var result = new Chart(Chart.COMMITTED).lint();
        assertThat(result.getMessages()).allMatch(message -> message.startsWith("[INFO]"));
        assertThat(result.isFailed()).isFalse();
    }

    @Test
    void aTemplateThatIsNoYamlFailsIt() {
        Chart chart = Chart.copyIn(directory).with("templates/bad.yaml", "kind: [Service");
        assertThat(chart.lint().isFailed()).isTrue();
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        String version = Files.readString(Path.of("pom.xml")).replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
        assertThat(Files.readAllLines(Chart.COMMITTED.resolve("Chart.yaml")))
                .contains("version: " + version, "appVersion: " + version);
    }
}
