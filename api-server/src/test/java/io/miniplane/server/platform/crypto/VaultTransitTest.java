package io.miniplane.server.platform.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VaultTransitTest extends VaultContract {

    private static final byte[] WRAPPED = "vault:v1:AAAA".getBytes(UTF_8);

    private final VaultStub stub = new VaultStub();

    @Override
    WrappingVault vault() {
        return new WrappingVault(stub.port(), VaultStub.TOKEN);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void aSealedOrAbsentVaultIsNamed() {
        stub.seal(true);
        assertThat(failure(key("any", VaultStub.TOKEN), WRAPPED, "data")).contains("is sealed");
        stub.stop();
        assertThat(failure(key("any", VaultStub.TOKEN), WRAPPED, "data"))
                .contains("Vault at http://127.0.0.1:" + stub.port() + " cannot be reached");
    }

    @Test
    void aVaultThatNeverAnswersIsGivenUpAfterFiveSeconds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var key = new VaultClient("hvs.any")
                    .getAead("hcvault://127.0.0.1:" + silent.getLocalPort() + "/transit/keys/any");
            assertThat(failure(key, WRAPPED, "data")).contains("does not answer within 5 s");
        }
    }

    @Test
    void onlyTheLoopbackInterfaceIsSpokenToInTheClear() {
        assertThat(VaultKey.of("hcvault://127.0.0.1:1/transit/keys/a").act("decrypt"))
                .isEqualTo("http://127.0.0.1:1/v1/transit/decrypt/a");
        assertThat(VaultKey.of("hcvault://vault.example.com/team/transit/keys/a")
                        .act("decrypt"))
                .isEqualTo("https://vault.example.com:8200/v1/team/transit/decrypt/a");
        assertThat(VaultKey.isKey("hcvault://vault/transit/../keys/a")).isFalse();
    }
}
