package io.miniplane.crd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The real kubectl, as users run it.
 *
 * @param kubeconfig file that says where the API server is
 */
record Kubectl(Path kubeconfig) {

    static Kubectl of(ApiServer server, Path directory) throws IOException {
        return new Kubectl(Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig()));
    }

    /** Runs one command; the answer is what it prints, errors too. */
    String run(String... arguments) throws IOException, InterruptedException {
        var program = ApiServer.programs().orElseThrow().resolve("kubectl").toString();
        var command = Stream.concat(Stream.of(program, "--kubeconfig", kubeconfig.toString()), Stream.of(arguments));
        var process =
                new ProcessBuilder(command.toList()).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
