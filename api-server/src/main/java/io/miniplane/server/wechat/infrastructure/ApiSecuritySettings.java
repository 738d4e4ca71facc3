package io.miniplane.server.wechat.infrastructure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * Encryption and signature of calls, as set in the WeChat console under API security. It is off where no key is set.
 *
 * @param symmetricKey the symmetric key, base64 of 32 bytes
 * @param symmetricKeySerial the number that the console gives the symmetric key
 * @param signingKey our private RSA key, PEM, PKCS #8
 * @param signingKeySerial the number that the console gives our key pair
 * @param platformCertificate the certificate of WeChat, PEM
 * @param platformCertificateSerial the number that the console gives it, which is not the one inside it
 * @param cipher the cipher that the console shows; only AES256_GCM is supported
 * @param signature the signature that the console shows; only RSAwithSHA256 is supported
 * @param paths the paths to secure, out of those that can be; all of them where none is named
 */
@ConfigurationProperties("miniplane.wechat.api-security")
record ApiSecuritySettings(
        @Nullable String symmetricKey,
        @Nullable String symmetricKeySerial,
        @Nullable String signingKey,
        @Nullable String signingKeySerial,
        @Nullable String platformCertificate,
        @Nullable String platformCertificateSerial,
        @DefaultValue("AES256_GCM") String cipher,
        @DefaultValue("RSAwithSHA256") String signature,
        @DefaultValue List<String> paths)
        implements Validator {

    private static final Pattern SERIAL = Pattern.compile("[0-9a-zA-Z]{1,64}");
    private static final String SERIAL_RULE = "set it to the number that the WeChat console shows";

    /** Whether calls are to be secured. */
    boolean isOn() {
        return keys().values().stream().anyMatch(Objects::nonNull);
    }

    /** The keys, once they are whole and valid. */
    SecurityKeys parsed() {
        return new SecurityKeys(
                SecurityKeys.symmetricKey(Objects.requireNonNull(symmetricKey)),
                SecurityKeys.signingKey(Objects.requireNonNull(signingKey)),
                SecurityKeys.certifiedKey(Objects.requireNonNull(platformCertificate)));
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == ApiSecuritySettings.class;
    }

    @Override
    public void validate(Object target, Errors errors) {
        ((ApiSecuritySettings) target).check(errors);
    }

    private void check(Errors errors) {
        CredentialRules rules = new CredentialRules(errors);
        only("cipher", cipher, "AES256_GCM", "symmetric key", errors);
        only("signature", signature, "RSAwithSHA256", "key pair", errors);
        if (isOn()) {
            keys().forEach((name, value) -> {
                if (value == null) {
                    errors.rejectValue(name, "missing", "API security needs it beside the keys that are set");
                }
            });
        }
        rules.shape("symmetricKeySerial", symmetricKeySerial, SERIAL, SERIAL_RULE);
        rules.shape("signingKeySerial", signingKeySerial, SERIAL, SERIAL_RULE);
        rules.shape("platformCertificateSerial", platformCertificateSerial, SERIAL, SERIAL_RULE);
        rules.key("symmetricKey", symmetricKey, SecurityKeys::symmetricKey, "set it to base64 of 32 bytes");
        rules.key("signingKey", signingKey, SecurityKeys::signingKey, "set it to an RSA key in PEM, PKCS #8");
        rules.key(
                "platformCertificate",
                platformCertificate,
                SecurityKeys::certifiedKey,
                "set it to an X.509 certificate of an RSA key in PEM");
        if (paths.stream().anyMatch(path -> !ApiSecurity.SECURABLE.containsKey(path))) {
            errors.rejectValue(
                    "paths", "unknown", "set it to some of " + String.join(", ", ApiSecurity.SECURABLE.keySet()));
        }
    }

    private static void only(String name, String value, String supported, String thing, Errors errors) {
        if (!value.equals(supported)) {
            errors.rejectValue(
                    name,
                    "unsupported",
                    "it is not supported, only " + supported + " is: make another " + thing + " in the WeChat console");
        }
    }

    private Map<String, @Nullable String> keys() {
        Map<String, @Nullable String> keys = new LinkedHashMap<>();
        keys.put("symmetricKey", symmetricKey);
        keys.put("symmetricKeySerial", symmetricKeySerial);
        keys.put("signingKey", signingKey);
        keys.put("signingKeySerial", signingKeySerial);
        keys.put("platformCertificate", platformCertificate);
        keys.put("platformCertificateSerial", platformCertificateSerial);
        return keys;
    }

    @Override
    public String toString() {
        return "ApiSecuritySettings[" + (isOn() ? "on" : "off") + "]";
    }
}
