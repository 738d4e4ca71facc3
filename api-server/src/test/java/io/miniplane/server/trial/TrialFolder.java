package io.miniplane.server.trial;

import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.server.stage.MerchantSettings;
import io.miniplane.simulator.WechatSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** The working directory of a trial, with the same files as the operator mounts into a pod. */
final class TrialFolder implements AutoCloseable {

    /** What the simulated WeChat signs pushes with; like the app's secret it opens nothing but simulators. */
    static final String PUSH_TOKEN = "TrialToken";

    /** What the simulated WeChat enciphers pushes with. */
    static final String PUSH_KEY = "TrialKeyTrialKeyTrialKeyTrialKeyTrialKeyTri";

    private final Path root;

    private TrialFolder(Path root) {
        this.root = root;
    }

    static TrialFolder make(Path root) throws IOException {
        for (String name : new String[] {"config", "credentials", "keys"}) {
            Files.createDirectories(root.resolve(name));
        }
        return new TrialFolder(root);
    }

    Path path(String name) {
        return root.resolve(name);
    }

    void writeCredentials(int postgresPort, String appSecret) throws IOException {
        credential("miniplane.wechat.app-secret", appSecret);
        credential("miniplane.wechat.message-push.token", PUSH_TOKEN);
        credential("miniplane.wechat.message-push.encoding-aes-key", PUSH_KEY);
        credential("miniplane.database.host", "127.0.0.1");
        credential("miniplane.database.port", String.valueOf(postgresPort));
        credential("miniplane.database.name", "postgres");
        credential("miniplane.database.username", "postgres");
        credential("miniplane.database.password", "postgres");
    }

    /** As an owner copies them from the merchant platform of WeChat Pay. */
    void writePayments(WechatSimulator wechat, int port) throws IOException {
        for (Map.Entry<String, String> setting : MerchantSettings.at(wechat, URI.create("http://127.0.0.1:" + port))
                .entrySet()) {
            credential(setting.getKey(), setting.getValue());
        }
    }

    private void credential(String name, String value) throws IOException {
        Files.writeString(root.resolve("credentials").resolve(name), value);
    }

    void writeKeys() {
        KeysetDirectory.fresh(path("keys"));
    }

    void writeConfig(String appId, URI wechat, int port, int managementPort) throws IOException {
        Files.writeString(
                root.resolve("config").resolve("application.yaml"), """
                spring.profiles.active: dev
                server.port: %d
                management.server.port: %d
                miniplane:
                  app-id: %s
                  environment: dev
                  wechat.base-url: %s
                """.formatted(port, managementPort, appId, wechat));
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(root);
    }
}
