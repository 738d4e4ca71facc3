package io.miniplane.server.platform.crypto;

import java.security.GeneralSecurityException;

/** The key management service did not do its part; the message continues "the keyset file X …", and never quotes a secret. */
final class KmsFailure extends GeneralSecurityException {

    private final String cure;

    KmsFailure(String problem, String cure) {
        super(problem);
        this.cure = cure;
    }

    String cure() {
        return cure;
    }
}
