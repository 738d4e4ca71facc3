import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says which real parts this machine lacks for the tests; with CI=true their absence fails the build. */
class RealParts {

    private static final Map<String, String> CURES = Map.of(
            "chromedriver", "the driver of Chromium (install the package chromium-driver)",
            "chromium", "Chromium (install the package chromium)",
            "kube-apiserver", "the Kubernetes control plane (build it: .ci/kubernetes/build)",
            "npm", "Node.js for the client of mini-programs (install the packages nodejs and npm)",
            "promtool", "promtool (install the package prometheus)",
            "rabbitmq-server", "RabbitMQ (install the package rabbitmq-server)",
            "schemathesis", "schemathesis (.ci/fuzzing/install keeps it in ~/.cache/miniplane/fuzzing)");

    private static final Path CONTROL_PLANES =
            Path.of(System.getenv().getOrDefault("KUBE_API_TEST_DIR", System.getProperty("user.home") + "/.kubeapitest"), "k8s");

    private static final Path FUZZING = Path.of(System.getProperty("user.home"), ".cache/miniplane/fuzzing/bin");

    public static void main(String[] arguments) throws Exception {
        boolean complete = true;
        for (String program : CURES.keySet().stream().sorted().toList()) {
            if (!isThere(program)) {
                complete = false;
                System.out.println("Tests are skipped: this machine lacks " + CURES.get(program) + ".");
            }
        }
        if (!complete && "true".equals(System.getenv("CI"))) {
            System.out.println("With CI=true every test must run.");
            System.exit(1);
        }
    }

    private static boolean isThere(String program) throws Exception {
        Predicate<Path> isProgram = file -> file.getFileName().toString().equals(program) && Files.isExecutable(file);
        // Debian keeps servers in /usr/sbin, which is not on every user's path.
        boolean onPath = Arrays.stream((System.getenv().getOrDefault("PATH", "") + ":/usr/sbin").split(":"))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
        boolean cached = Files.isExecutable(FUZZING.resolve(program));
        if (onPath || cached || !Files.isDirectory(CONTROL_PLANES)) {
            return onPath || cached;
        }
        try (Stream<Path> files = Files.walk(CONTROL_PLANES, 2)) {
            return files.anyMatch(isProgram);
        }
    }
}
