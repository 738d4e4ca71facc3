package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.KeysetHandle;
import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.crypto.VaultStub;
import io.miniplane.server.platform.crypto.WrappingVault;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyManagementIT {

    @TempDir
    private Path keys;

    @Test
    void aServerLivesOnWrappedKeysetsAndLoadsARotatedOneOnceVaultIsBack() {
        try (VaultStub stub = new VaultStub();
                Backend backend = new Backend(keys)) {
            WrappingVault vault = new WrappingVault(stub.port(), VaultStub.TOKEN);
            vault.createKey("band");
            String[] settings = {
                "--miniplane.keys.kms.uri=" + vault.uri("band"), "--miniplane.keys.kms.token=" + VaultStub.TOKEN
            };
            assertThatThrownBy(() -> backend.startServer(settings))
                    .rootCause()
                    .hasMessageContaining("data.json is not wrapped though miniplane.keys.kms.uri is set");

            List.of("data", "index", "jwt").forEach(name -> vault.wrap(backend.keys(), name, "band"));
            Api server = backend.startServer(settings);
            assertThat(backend.keys().text("data")).contains("encryptedKeyset");
            String token = server.logIn(backend.loginCode()).token();
            assertThatThrownBy(backend::startServer)
                    .rootCause()
                    .hasMessageContaining("data.json is wrapped by a key management service");

            vault.rotate("band");
            KeysetHandle next = KeysetDirectory.fresh("jwt");
            String wrapped = vault.wrapped(next, "jwt", "band");
            long before = primary(server);
            stub.stop();
            backend.keys().write("jwt", wrapped);
            await().pollDelay(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(primary(server)).isEqualTo(before));
            assertThat(server.me(token).status()).isEqualTo(200);

            stub.start();
            await().untilAsserted(() -> assertThat(primary(server))
                    .isEqualTo(Integer.toUnsignedLong(next.getPrimary().getId())));
            String fresh = server.logIn(backend.loginCode()).token();
            assertThat(server.me(fresh).status()).isEqualTo(200);
        }
    }

    private static long primary(Api server) {
        return server.context().getBean(Keysets.class).loaded().stream()
                .filter(keyset -> keyset.keyset().equals("jwt"))
                .findFirst()
                .orElseThrow()
                .primary();
    }
}
