package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Vault's transit engine as Tink's key management service, for {@code hcvault://} addresses. */
final class VaultClient implements KmsClient {

    private final String token;

    VaultClient(String token) {
        this.token = token;
    }

    @Override
    public boolean doesSupport(String keyUri) {
        return VaultKey.isKey(keyUri);
    }

    @Override
    public KmsClient withCredentials(String credentialPath) throws GeneralSecurityException {
        try {
            return new VaultClient(Files.readString(Path.of(credentialPath)).strip());
        } catch (IOException e) {
            throw new GeneralSecurityException("the token file is not readable", e);
        }
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return this;
    }

    @Override
    public Aead getAead(String keyUri) {
        return new VaultTransit(VaultKey.of(keyUri), token);
    }
}
