package io.miniplane.server.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Schemathesis, a program that makes requests out of an OpenAPI document and judges the answers by it.
 *
 * @param program where it is installed
 */
record Fuzzer(Path program) {

    private static final Path FOLDER = Path.of("src/test/fuzzing").toAbsolutePath();
    private static final Path DOCUMENT =
            Path.of("src/main/resources/openapi.json").toAbsolutePath();
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache/miniplane/fuzzing/bin");
    private static final long PATIENCE_SECONDS = 900;

    /** Another seed makes other requests; the same one makes the same again. */
    static final String SEED = System.getProperty("miniplane.fuzz.seed", "20261124");

    private static final String CASES = System.getProperty("miniplane.fuzz.cases", "50");

    /** What this machine has: on the path, or where {@code .ci/run} keeps it. */
    static Optional<Fuzzer> find() {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                                .map(Path::of),
                        Stream.of(CACHE))
                .map(folder -> folder.resolve("schemathesis"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Fuzzer::new);
    }

    /** Runs it to its end with what its hooks need to know; what it says goes to a file. */
    int run(Map<String, String> environment, Path log, String server) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--config-file=" + FOLDER.resolve("schemathesis.toml"),
                        "--no-color",
                        "run",
                        DOCUMENT.toString(),
                        "--url=" + server,
                        "--checks=all",
                        "--seed=" + SEED,
                        "--max-examples=" + CASES)
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .put("SCHEMATHESIS_HOOKS", FOLDER.resolve("hooks.py").toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The fuzzer did not end in time: " + log);
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
