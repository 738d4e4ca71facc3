package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.trial.UnruledRoute;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StartFailureIT {

    private static final String DATABASE = "start_failures";
    private static final String SECRET = "d0n0tPrintMe00000000000000000000";
    private static final String SAID = "Miniplane did not start: ";

    @TempDir
    private static Path keys;

    @BeforeAll
    static void prepare() {
        KeysetDirectory.fresh(keys);
        Postgres.create(DATABASE);
    }

    @Test
    void aMissingAppIdIsNamed() throws Exception {
        assertThat(sentence("--miniplane.app-id="))
                .contains("property miniplane.app-id is wrong")
                .contains("wx0123456789abcdef");
    }

    @Test
    void aWrongEnvironmentIsNamedWithTheRightOnes() throws Exception {
        assertThat(sentence("--miniplane.environment=moon"))
                .contains("property miniplane.environment is wrong")
                .contains("one of dev, staging, prod");
    }

    @Test
    void aWrongPortIsNamed() throws Exception {
        assertThat(sentence("--miniplane.database.port=many"))
                .contains("property miniplane.database.port is wrong")
                .contains("a whole number")
                .doesNotContain("many");
    }

    @Test
    void aWrongSecretIsNamedAndNotShown() throws Exception {
        assertThat(sentence("--miniplane.wechat.app-secret=" + SECRET + "0"))
                .contains("property miniplane.wechat.app-secret is wrong")
                .contains("32 letters and digits");
    }

    @Test
    void aCipherThatIsNotSupportedIsNamed() throws Exception {
        assertThat(sentence("--miniplane.wechat.api-security.cipher=SM4_GCM"))
                .contains("property miniplane.wechat.api-security.cipher is wrong")
                .contains("it is not supported, only AES256_GCM is");
    }

    @Test
    void aKeyThatIsMissingBesideAnotherIsNamed() throws Exception {
        assertThat(sentence("--miniplane.wechat.api-security.symmetric-key=" + "A".repeat(43) + "="))
                .contains("property miniplane.wechat.api-security.symmetric-key-serial is missing")
                .contains("API security needs it")
                .doesNotContain("AAAA");
    }

    @Test
    void anUnreachableDatabaseIsNamedAfterABoundedWait() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(sentence("--miniplane.database.port=" + closed))
                .contains("the database at localhost:" + closed + "/" + DATABASE + " cannot be reached")
                .contains("miniplane.database.host");
    }

    @Test
    void aDatabaseThatDoesNotExistIsNamed() throws Exception {
        assertThat(sentence("--miniplane.database.name=nowhere"))
                .contains("no database at localhost:" + Postgres.port() + "/nowhere")
                .contains("miniplane.database.name");
    }

    @Test
    void aMissingKeysetIsNamedWithItsFile() throws Exception {
        assertThat(sentence("--miniplane.keys.directory=/nowhere"))
                .contains("the keyset file /nowhere/data.json is missing")
                .contains("miniplane.keys.directory");
    }

    @Test
    void anotherKeyManagementServiceIsNamedAsNotSupported() throws Exception {
        assertThat(sentence("--miniplane.keys.kms.uri=aws-kms://arn:aws:kms:x"))
                .contains("property miniplane.keys.kms.uri is wrong")
                .contains("aws-kms is not supported, set it to hcvault://");
    }

    @Test
    void aKeyManagementServiceThatCannotBeReachedIsNamedWithFileAndSetting() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        KeysetDirectory files = new KeysetDirectory(keys);
        String plain = files.text("data");
        files.write("data", "{\"encryptedKeyset\":\"dmF1bHQ6djE6QUFBQQ==\"}");
        try {
            assertThat(sentence("--miniplane.keys.kms.uri=hcvault://127.0.0.1:" + closed + "/transit/keys/band"))
                    .contains("data.json cannot be unwrapped: Vault at http://127.0.0.1:" + closed)
                    .contains("check miniplane.keys.kms.uri");
        } finally {
            files.write("data", plain);
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(sentence("--server.port=" + taken.getLocalPort()))
                    .contains("another program listens on port " + taken.getLocalPort())
                    .contains("server.port");
        }
    }

    @Test
    void aTakenManagementPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(sentence("--management.server.port=" + taken.getLocalPort()))
                    .contains("another program listens on port " + taken.getLocalPort())
                    .contains("management.server.port");
        }
    }

    @Test
    void aRouteOfWhichNobodySaidWhoMayCallItIsNamed() throws Exception {
        assertThat(sentence(UnruledRoute.class, "--server.port=0"))
                .contains("nobody has said who may call GET /api/v1/forgotten")
                .contains("RouteAccess");
    }

    @Test
    void aSignInOfStaffWithoutAudienceOrOverPlainHttpIsNamed() throws Exception {
        assertThat(sentence("--miniplane.staff.issuer=https://login.example"))
                .contains("property miniplane.staff.")
                .contains("missing");
        assertThat(sentence("--miniplane.staff.issuer=http://login.example")).contains("property miniplane.staff.");
        assertThat(sentence("--miniplane.staff.roles.owners=user"))
                .contains("property miniplane.staff.roles.owners is wrong")
                .contains("one of support, operator, admin");
    }

    @Test
    void ordersThatCanBePaidForLongerThanTheirGoodsAreKeptAreRefused() throws Exception {
        assertThat(sentence("--miniplane.orders.payment-timeout=2d"))
                .contains("property miniplane.orders.payment-timeout is wrong")
                .contains("set it to less than miniplane.inventory.reservation-time");
    }

    @Test
    void anIssuerOfStaffThatIsOurOwnIsNamed() throws Exception {
        String issuer = "issuer=https://login.example";
        assertThat(sentence(
                        "--miniplane.identity." + issuer,
                        "--miniplane.staff." + issuer,
                        "--miniplane.staff.audience=shop",
                        "--miniplane.staff.roles.owners=admin"))
                .contains("property miniplane.staff.issuer is wrong")
                .contains("set it to another iss than miniplane.identity.issuer");
    }

    /** The one line on standard error; the log beside it holds no warning, no error and no stack trace. */
    private static String sentence(String... wrong) throws Exception {
        return sentence(MiniplaneServer.class, wrong);
    }

    private static String sentence(Class<?> program, String... wrong) throws Exception {
        try (ServerProcess process = new ServerProcess(program, argumentsWith(wrong))) {
            assertThat(process.exitCode()).isNotZero();
            assertThat(process.err)
                    .as("%s", process.out)
                    .singleElement()
                    .asString()
                    .startsWith(SAID);
            assertThat(process.out).isNotEmpty().allSatisfy(StartFailureIT::tellsOfNoFailure);
            assertThat(process.out + " " + process.err).doesNotContain(SECRET);
            return process.err.getFirst();
        }
    }

    private static void tellsOfNoFailure(String line) {
        JsonNode entry = JsonMapper.shared().readTree(line);
        assertThat(entry.get("level").asString()).as(line).isEqualTo("INFO");
        assertThat(entry.has("stack_trace")).as(line).isFalse();
    }

    /** What a server needs, and last, so that it holds, what is wrong. */
    private static List<String> argumentsWith(String... wrong) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--miniplane.app-id=wx0123456789abcdef",
                "--miniplane.wechat.app-secret=" + SECRET,
                "--miniplane.keys.directory=" + keys,
                "--miniplane.keys.kms.token=" + SECRET,
                "--miniplane.database.host=localhost",
                "--miniplane.database.port=" + Postgres.port(),
                "--miniplane.database.name=" + DATABASE,
                "--miniplane.database.username=postgres",
                "--miniplane.database.password=" + SECRET,
                "--spring.flyway.connect-retries=0"));
        for (String setting : wrong) {
            String property = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith(property));
            arguments.add(setting);
        }
        return arguments;
    }
}
