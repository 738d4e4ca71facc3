package io.miniplane.server.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Backend;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at {@code /docs} in a real browser without a window. */
class DocumentationBrowserIT {

    private static final String MISSING = "This machine lacks Chromium: install the package chromium.";
    private static final Pattern OPERATION = Pattern.compile("id=\"operations-(?!tag-)[^\"]*-([A-Za-z]+)\"");
    private static final Pattern CONSOLE = Pattern.compile(":CONSOLE[:(]");

    @TempDir
    private Path folder;

    @Test
    void thePageShowsEveryOperationAndHasNothingToComplainAbout() throws Exception {
        String chromium = installed();
        try (Backend backend = new Backend(folder)) {
            URI page = backend.startServer().base().resolve("/docs");
            Path dom = folder.resolve("page.html");
            Path log = folder.resolve("chromium.log");
            open(chromium, page, dom, log);
            assertThat(OPERATION.matcher(Files.readString(dom)).results().map(found -> found.group(1)))
                    .as("operations on the page; chromium says: %s", Files.readString(log))
                    .containsExactlyInAnyOrderElementsOf(operationIds());
            assertThat(Files.readAllLines(log))
                    .noneMatch(line -> CONSOLE.matcher(line).find());
        }
    }

    private static List<String> operationIds() throws IOException {
        CommittedDocument document = CommittedDocument.read();
        return document.operations().stream()
                .map(name -> document.operation(name).path("operationId").asString())
                .toList();
    }

    private void open(String chromium, URI page, Path dom, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        chromium,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        page.toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("Chromium ends by itself")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** A machine that tests for others has it; a laptop may do without. */
    private static String installed() {
        Optional<String> chromium = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (chromium.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(MISSING);
        }
        Assumptions.assumeTrue(chromium.isPresent(), MISSING);
        return chromium.orElseThrow();
    }
}
