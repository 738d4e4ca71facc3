package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.miniplane.crd.v1alpha1.KeysStatus;
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
        assertThat(run("status", "-n", "status-well", "--wait", "30").code()).isZero();

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

    @Test
    void aCanaryIsPromotedAndAbortedByName() {
        try (var shop = CanaryShop.serving(plane, "command-canary", "[{weight: 50}, {weight: 100}]", pod -> {})) {
            assertThat(run("promote", "shop", "-n", "command-canary").err())
                    .isEqualTo("miniplane: No canary of shop runs: `miniplane status shop` says what does.\n");
            shop.image("server:2");
            shop.inStep(1, 50);
            assertThat(run("status", "-n", "command-canary").out()).contains(" 1/2 50% ");

            assertThat(run("promote", "shop", "-n", "command-canary"))
                    .isEqualTo(new Answer(0, "shop: step 1 of 2 of the canary of image server:2 ends\n", ""));
            shop.inStep(2, 100);
            assertThat(run("abort", "shop", "-n", "command-canary").out())
                    .isEqualTo("shop: step 2 of 2 of the canary of image server:2 is given up, and all traffic goes"
                            + " back\n");
            shop.rolledBack("Aborted: by hand in step 2 of 2");
            assertThat(run("abort", "cart", "-n", "command-canary").err())
                    .isEqualTo("miniplane: There is no backend cart in namespace command-canary: name another, or"
                            + " another namespace with -n.\n");
        }
    }

    @Test
    void rotateAsksForNewKeysOnceAndSaysWhatBecomesOfIt() {
        Shop shop = Shop.in(plane, "rotate-ask").withSecrets().applied().ready();
        shop.patch("{paused: true}");
        Shop.until(
                "paused",
                () -> shop.condition("Progressing").orElseThrow().reason().equals("Paused"),
                Duration.ofSeconds(20));
        String before = shop.backend().get().getStatus().keys().primaryKeyId();

        Answer asked = run("rotate", "shop", "-n", "rotate-ask");
        assertThat(asked)
                .isEqualTo(new Answer(
                        0, "New keys of shop are asked for; they come when its spec.paused is no longer true.\n", ""));
        assertThat(shop.backend().get().getMetadata().getAnnotations())
                .containsEntry("miniplane.io/rotate-keys", "now");
        shop.patch("{paused: false}");
        Shop.until(
                "introduced",
                () -> shop.backend().get().getStatus().keys().phase() == KeysStatus.Phase.INTRODUCED,
                Duration.ofSeconds(20));
        Shop.until(
                "told",
                () -> plane.admin().resources(Event.class).inNamespace("rotate-ask").list().getItems().stream()
                        .anyMatch(event -> "KeysIntroduced".equals(event.getReason())),
                Duration.ofSeconds(20));
        Shop.until(
                "taken away",
                () -> !shop.backend().get().getMetadata().getAnnotations().containsKey("miniplane.io/rotate-keys"),
                Duration.ofSeconds(20));
        assertThat(run("rotate", "shop", "-n", "rotate-ask").out())
                .isEqualTo("New keys of shop are being introduced already; they are what you ask for.\n");
        assertThat(shop.backend().get().getStatus().keys().primaryKeyId()).isEqualTo(before);
        assertThat(run("status", "shop", "-n", "rotate-ask").out())
                .contains("KEY-AGE")
                .containsPattern("KeysReady +True +Rotating .*New keys are introduced: new keys get time until");
    }

    @Test
    void rotateNamesWhatIsNotThere() {
        Shop.in(plane, "rotate-none");
        assertThat(run("rotate", "cart", "-n", "rotate-none"))
                .isEqualTo(new Answer(
                        1,
                        "",
                        "miniplane: There is no backend cart in namespace rotate-none: name another, or another"
                                + " namespace with -n.\n"));
    }

    /** Every change that plans asked for was a dry run. */
    private static void nothingWasWritten() {
        assertThat(plane.audit().writesBy("miniplane-command"))
                .isNotEmpty()
                .filteredOn(write -> !write.contains("command-canary/") && !write.contains("rotate-ask/"))
                .allSatisfy(write -> assertThat(write).contains("dryRun=All"));
    }

    private static Answer run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = Stream.concat(
                        Stream.of(arguments),
                        List.of("plan", "status", "rotate", "promote", "abort").contains(arguments[0])
                                        && arguments.length > 1
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
