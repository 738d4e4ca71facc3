package io.miniplane.operator.backend;

import java.util.regex.Pattern;

/** What a credential must look like; a wrong one is told apart without being shown. */
enum CredentialShape {
    APP_SECRET("[0-9A-Za-z]{32}", "must be the 32 letters and digits that the WeChat console shows as AppSecret"),
    PUSH_TOKEN("[0-9A-Za-z]{3,32}", "must be 3 to 32 letters and digits"),
    ENCODING_AES_KEY("[0-9A-Za-z]{43}", "must be the 43 letters and digits of the EncodingAESKey"),
    API_V3_KEY("[0-9A-Za-z]{32}", "must be the 32 letters and digits of the APIv3 key"),
    PRIVATE_KEY("-----BEGIN PRIVATE KEY-----.+-----END PRIVATE KEY-----", "must be a PKCS#8 private key in PEM format"),
    PUBLIC_KEY("-----BEGIN PUBLIC KEY-----.+-----END PUBLIC KEY-----", "must be a public key in PEM format"),
    AMQP_URI("amqps?://[^\\s]+", "must be an address that begins with amqp:// or amqps://"),
    BOOTSTRAP_SERVERS(
            "[^\\s,/@]+:[0-9]{1,5}(,[^\\s,/@]+:[0-9]{1,5})*",
            "must be one or more of host:port, with commas between them"),
    BEARER_TOKEN("[!-~]{1,4096}", "must be 1 to 4096 visible ASCII characters"),
    HOST("[^\\s/@]+", "must be a host name or address alone"),
    PORT("[0-9]{1,5}", "must be a port number"),
    SSL_MODE(
            "disable|allow|prefer|require|verify-ca|verify-full",
            "must be one of disable, allow, prefer, require, verify-ca and verify-full"),
    TEXT(".+", "must not be empty");

    private final Pattern pattern;
    private final String rule;

    CredentialShape(String pattern, String rule) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        this.rule = rule;
    }

    boolean fits(String value) {
        return pattern.matcher(value).matches();
    }

    /** What to tell somebody whose value doesn't fit. */
    String rule() {
        return rule;
    }
}
