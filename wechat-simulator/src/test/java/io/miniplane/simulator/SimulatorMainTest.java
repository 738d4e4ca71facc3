package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.simulator.push.PushEnvironment;
import io.miniplane.simulator.push.PushFormat;
import io.miniplane.simulator.push.PushMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorMainTest {

    private static final Pattern START_UP = Pattern.compile(".*simulated at (http://\\S+) .*curl -d '(\\{.*})' (\\S+)");

    @Test
    void without_settings_it_serves_the_trial_app() {
        SimulatorOptions options = SimulatorMain.options(Map.of());
        assertThat(options.port()).isEqualTo(9090);
        assertThat(options.apps()).containsEntry("wx0123456789abcdef", "0123456789abcdef0123456789abcdef");
    }

    @Test
    void it_takes_several_apps() {
        String apps = "wx0000000000000001=" + "a".repeat(32) + ", wx0000000000000002=" + "b".repeat(32);
        assertThat(SimulatorMain.options(Map.of("SIMULATOR_APPS", apps)).apps())
                .containsOnlyKeys("wx0000000000000001", "wx0000000000000002");
    }

    @ParameterizedTest
    @CsvSource({"SIMULATOR_PORT, many", "SIMULATOR_PORT, 70000", "SIMULATOR_APPS, wx0123456789abcdef"})
    void a_wrong_setting_is_refused(String name, String value) {
        assertThatThrownBy(() -> SimulatorMain.options(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name.equals("SIMULATOR_PORT") ? "0 to 65535" : "SIMULATOR_APPS must be");
    }

    @Test
    void it_takes_the_push_callback_of_the_first_app() {
        String key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        Map<String, String> callback = Map.of(
                "SIMULATOR_PUSH_URL", "http://127.0.0.1:8080/api/v1/wechat/push",
                "SIMULATOR_PUSH_TOKEN", "abc",
                "SIMULATOR_PUSH_ENCODING_AES_KEY", key,
                "SIMULATOR_PUSH_FORMAT", "XML");
        assertThat(PushEnvironment.read(callback)).hasValueSatisfying(read -> {
            assertThat(read.mode()).isEqualTo(PushMode.Safe);
            assertThat(read.format()).isEqualTo(PushFormat.XML);
        });
        assertThat(PushEnvironment.read(Map.of())).isEmpty();
        assertThatThrownBy(() -> PushEnvironment.read(Map.of("SIMULATOR_PUSH_URL", "http://127.0.0.1:8080/")))
                .hasMessageContaining("SIMULATOR_PUSH_TOKEN");
        assertThatThrownBy(() -> PushEnvironment.read(Map.of(
                        "SIMULATOR_PUSH_URL",
                        "a b",
                        "SIMULATOR_PUSH_TOKEN",
                        "x",
                        "SIMULATOR_PUSH_ENCODING_AES_KEY",
                        "y")))
                .hasMessage("SIMULATOR_PUSH_URL is no address.");
    }

    @Test
    void a_wrong_setting_ends_the_program_with_code_2_and_one_sentence() throws Exception {
        Process process = start(Map.of("SIMULATOR_APPS", "wx0123456789abcdef=tooShort"));
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said.strip()).isEqualTo("The secret of an app has 32 letters and digits.");
    }

    @Test
    void a_taken_port_ends_the_program_with_code_2_and_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(Map.of("SIMULATOR_PORT", Integer.toString(taken.getLocalPort())));
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(said.strip())
                    .isEqualTo(
                            "Cannot listen on port " + taken.getLocalPort() + ": set SIMULATOR_PORT to a free port.");
        }
    }

    @Test
    void it_says_how_to_make_a_code_and_stops_when_told() throws Exception {
        Process process = start(Map.of("SIMULATOR_PORT", "0"));
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            Matcher line = START_UP.matcher(String.valueOf(output.readLine()));
            assertThat(line.matches()).isTrue();
            assertThat(post(line.group(3), line.group(2))).contains("\"code\":", "\"openId\":");
            process.toHandle().destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(output.lines()).singleElement().asString().endsWith("Stopped.");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Map<String, String> environment) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("SIMULATOR_"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private static String post(String url, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}
