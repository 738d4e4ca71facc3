package io.miniplane.server.platform.crypto;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * The key management service that wraps the keyset files. They are plain where no address is set.
 *
 * @param uri the wrapping key, {@code hcvault://host[:port]/<mount>/keys/<name>} for HashiCorp Vault or OpenBao
 * @param token what the service is called with, sent as {@code X-Vault-Token}
 */
@ConfigurationProperties("miniplane.keys.kms")
record KmsSettings(@Nullable String uri, @Nullable String token) implements Validator {

    private static final String RULE = "set it to hcvault://host[:port]/<mount>/keys/<name>";

    /** Whether the keyset files are wrapped. */
    boolean isOn() {
        return uri != null && !uri.isBlank();
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == KmsSettings.class;
    }

    @Override
    public void validate(Object target, Errors errors) {
        ((KmsSettings) target).check(errors);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }

    private void check(Errors errors) {
        if (uri == null || !isOn()) {
            return;
        }
        if (uri.startsWith("aws-kms:") || uri.startsWith("gcp-kms:")) {
            errors.rejectValue("uri", "unsupported", uri.substring(0, 7) + " is not supported, " + RULE);
        } else if (!VaultKey.isKey(uri)) {
            errors.rejectValue("uri", "malformed", RULE);
        }
        if (token == null || token.isBlank()) {
            errors.rejectValue("token", "missing", "set it to a token that may decrypt with miniplane.keys.kms.uri");
        }
    }
}
