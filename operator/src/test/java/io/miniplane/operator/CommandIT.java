package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.miniplane.operator.command.MiniplaneCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIT {

    private static final String SECRET = "fedcba9876543210fedcba9876543210";

    private static ControlPlane plane;
    private static RunningOperator operator;
    private static FakeNode node;

    @TempDir
    private static Path directory;

    private static Path kubeconfig;

    /** What a command answered. */
    private record Answer(int code, String out, String err) {}

    @BeforeAll
    static void start() throws IOException {
        plane = ControlPlane.shared();
        kubeconfig = Files.writeString(directory.resolve("kubeconfig"), plane.kubeconfig());
        node = new FakeNode(plane.admin());
        operator = RunningOperator.on(plane);
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
            node.close();
        }
    }

    @Test
    void aPlanOfANewBackendNamesAllThatWouldBeMadeAndMakesNothing() throws IOException {
        Shop shop = Shop.in(plane, "plan-new").withSecrets();

        Answer plan = run("plan", "-n", "plan-new", "-f", manifest("", ""));

        assertThat(plan.err()).isEmpty();
        assertThat(plan.code()).isEqualTo(2);
        assertThat(plan.out())
                .contains(
                        "+ MiniProgramBackend shop would be created",
                        "+ Deployment shop-api would be created",
                        "+ Deployment shop-worker would be created",
                        "+ Secret shop-keys would be created",
                        "Nothing was changed: this is a plan.");
        assertThat(shop.backend().get()).isNull();
        assertThat(shop.deployment().get()).isNull();
        nothingWasWritten();
    }

    @Test
    void aPlanOfWhatIsThereAlreadyIsEmpty() throws IOException {
        Shop.in(plane, "plan-same").withSecrets().applied().ready();

        Answer plan = run("plan", "-n", "plan-same", "-f", manifest("", ""));

        assertThat(plan).isEqualTo(new Answer(0, "Nothing would change.\n", ""));
        nothingWasWritten();
    }

    @Test
    void aPlanOfAChangeShowsTheFieldsButNoSecretAndChangesNothing() throws IOException {
        Shop shop = Shop.in(plane, "plan-change").withSecrets().applied().ready();
        long generation = shop.backend().get().getMetadata().getGeneration();
        String settings =
                shop.object(ConfigMap.class, "shop-config").get().getData().get("application.yaml");
        String documents = """
                apiVersion: v1
                kind: Secret
                metadata: {name: shop-wechat}
                stringData: {appSecret: %s}
                ---
                """.formatted(SECRET)
                + Files.readString(Path.of(manifest("environment: prod", "environment: staging\n  image: server:2")));

        Answer plan = withInput(documents, () -> run("plan", "-n", "plan-change", "-f", "-"));

        assertThat(plan.err()).isEmpty();
        assertThat(plan.code()).isEqualTo(2);
        assertThat(plan.out())
                .containsSubsequence(
                        "~ MiniProgramBackend shop would be changed",
                        "    - spec.environment: prod",
                        "    + spec.environment: staging",
                        "    + spec.image: server:2",
                        "~ Secret shop-credentials would be changed",
                        "    - data[miniplane.wechat.app-secret]: (hidden)",
                        "    + data[miniplane.wechat.app-secret]: (hidden, another value)",
                        "~ ConfigMap shop-config would be changed",
                        "      data[application.yaml]:",
                        "~ Deployment shop-api would be changed",
                        "    - spec.template.spec.containers[server].image: miniplane/api-server:test",
                        "    + spec.template.spec.containers[server].image: server:2")
                .doesNotContain(SECRET, "Secret shop-keys", "ServiceAccount");
        assertThat(shop.backend().get().getMetadata().getGeneration()).isEqualTo(generation);
        assertThat(shop.object(ConfigMap.class, "shop-config").get().getData().get("application.yaml"))
                .isEqualTo(settings);
        nothingWasWritten();
    }

    @Test
    void aPlanNamesWhatWouldGo() throws IOException {
        Shop shop = Shop.in(plane, "plan-delete").withSecrets().applied().ready();
        Shop.until("Ingress", () -> shop.object(Ingress.class, "shop").get() != null, Duration.ofSeconds(20));
        String exposure = Files.readString(Path.of("../examples/shop.yaml"))
                .replaceFirst("(?s)^.*\n(  exposure:.*?)  features:.*$", "$1");

        Answer plan = run("plan", "-n", "plan-delete", "-f", manifest(exposure, ""));

        assertThat(plan.err()).isEmpty();
        assertThat(plan.out()).contains("- spec.exposure.host: api.shop.example", "- Ingress shop would be deleted");
        assertThat(shop.object(Ingress.class, "shop").get()).isNotNull();
        nothingWasWritten();
    }

    @Test
    void whatWouldNotWorkIsSaidInASentence() throws IOException {
        Shop.in(plane, "plan-wrong");

        assertThat(run("plan", "-n", "plan-wrong", "-f", manifest("", "")).err())
                .startsWith(
                        "miniplane: Nothing would be made of it: Secret shop-db, which spec.database.secretRef names, is missing");
        Answer refused = run("plan", "-n", "plan-wrong", "-f", manifest("wx0123456789abcdef", "WX1"));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .contains("The API server refused", "spec.appId", "must be wx and 16 hexadecimal digits");
        assertThat(run("plan", "-n", "nowhere", "-f", manifest("", "")).err())
                .contains("namespaces \"nowhere\" not found");
        assertThat(run("plan", "-f", "missing.yaml").err())
                .isEqualTo(
                        "miniplane: missing.yaml can't be read: name a file with -f, or - for the standard input.\n");
        nothingWasWritten();
    }

    @Test
    void wrongUseIsASentenceAndHelpIsThere() {
        assertThat(run("plan"))
                .isEqualTo(
                        new Answer(
                                1,
                                "",
                                "miniplane: Missing required option: '--filename=FILE'. `miniplane plan --help` says how it is used.\n"));
        assertThat(run("paln").err()).contains("paln").contains("`miniplane --help` says");
        assertThat(run("--help").out()).contains("plan", "status");
        assertThat(run("plan", "--help").out()).contains("Exit codes: 0 nothing would change");
    }

    @Test
    void theStatusOfABackendNamesWhatIsWrong() {
        Shop well = Shop.in(plane, "status-well").withSecrets().applied().ready();
        Shop.in(plane, "status-ill").applied();
        Shop.until("well", () -> run("status", "-n", "status-well").code() == 0, Duration.ofSeconds(20));

        Answer one = run("status", "shop", "-n", well.namespace());
        assertThat(one.out())
                .containsPattern("NAME +READY +API +WORKERS")
                .containsPattern("shop +True +2/2 +1 ")
                .containsPattern("CredentialsValid +True +Complete");

        Shop.until("ill", () -> run("status", "-n", "status-ill").out().contains("is missing"), Duration.ofSeconds(20));
        Answer ill = run("status", "-n", "status-ill");
        assertThat(ill.code()).isEqualTo(2);
        assertThat(ill.out()).contains("shop: Secret shop-db, which spec.database.secretRef names, is missing");
        assertThat(run("status", "-A").out()).contains("status-well", "status-ill");
        assertThat(run("status", "cart", "-n", "status-well").err())
                .isEqualTo("miniplane: There is no backend cart in namespace status-well: name another, or another"
                        + " namespace with -n.\n");
    }

    /** Every change that commands asked for was a dry run. */
    private static void nothingWasWritten() {
        assertThat(plane.audit().writesBy("miniplane-command"))
                .isNotEmpty()
                .allSatisfy(write -> assertThat(write).contains("dryRun=All"));
    }

    private static Answer run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = Stream.concat(
                        Stream.of(arguments),
                        List.of("plan", "status").contains(arguments[0]) && arguments.length > 1
                                ? Stream.of("--kubeconfig", kubeconfig.toString())
                                : Stream.empty())
                .toArray(String[]::new);
        int code = MiniplaneCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
        return new Answer(code, out.toString(), err.toString());
    }

    private static Answer withInput(String text, Supplier<Answer> command) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return command.get();
        } finally {
            System.setIn(before);
        }
    }

    /** The example without its namespace, changed. */
    private static String manifest(String text, String replacement) throws IOException {
        String example = Files.readString(Path.of("../examples/shop.yaml")).replace("  namespace: shop\n", "");
        Path file = Files.createTempFile(directory, "shop", ".yaml");
        return Files.writeString(file, text.isEmpty() ? example : example.replace(text, replacement))
                .toString();
    }
}
