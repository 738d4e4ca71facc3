package io.miniplane.server.wechat.infrastructure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * WeChat Pay of a direct merchant, API v3, as the merchant platform shows it. Payments are off where none of the merchant's own settings is set.
 *
 * @param baseUrl where WeChat Pay is, without a slash at the end
 * @param merchantId the merchant number (mchid), 8 to 10 digits
 * @param certificateSerial the serial number of the merchant API certificate, 40 hexadecimal digits
 * @param privateKey the private key of that certificate, PEM, PKCS #8 (apiclient_key.pem)
 * @param apiV3Key the APIv3 key, 32 letters and digits
 * @param platformPublicKey the WeChat Pay public key, PEM (pub_key.pem); absent where the merchant only has platform certificates
 * @param platformPublicKeyId the id of the WeChat Pay public key, PUB_KEY_ID_ and more
 * @param notifyUrl where WeChat Pay sends notifications: this server's /api/v1/wechat/pay/notifications as the internet sees it
 * @param timeLimit the longest that a call with its repetitions may take, 100 ms to 30 s
 * @param certificateRefresh how often platform certificates are downloaded, 1 minute to 1 day
 */
@ConfigurationProperties("miniplane.wechat.pay")
record PaySettings(
        @DefaultValue("https://api.mch.weixin.qq.com") String baseUrl,
        @Nullable String merchantId,
        @Nullable String certificateSerial,
        @Nullable String privateKey,
        @Nullable String apiV3Key,
        @Nullable String platformPublicKey,
        @Nullable String platformPublicKeyId,
        @Nullable String notifyUrl,
        @DefaultValue("5s") Duration timeLimit,
        @DefaultValue("12h") Duration certificateRefresh)
        implements Validator {

    private static final Pattern URL = Pattern.compile("https?://[^/?#\\s]+(/[^?#\\s]+)*");
    private static final Pattern PUBLIC_ADDRESS = Pattern.compile("https?://[^?#\\s]{1,247}");
    private static final Pattern MERCHANT = Pattern.compile("[0-9]{8,10}");
    private static final Pattern SERIAL = Pattern.compile("[0-9A-Fa-f]{40}");
    private static final Pattern API_KEY = Pattern.compile("[0-9A-Za-z]{32}");
    private static final Pattern KEY_ID = Pattern.compile("PUB_KEY_ID_[0-9A-Za-z]{1,50}");

    /** Whether there are payments. */
    boolean isOn() {
        return Stream.concat(needed().values().stream(), Stream.of(platformPublicKey, platformPublicKeyId))
                .anyMatch(Objects::nonNull);
    }

    /** The merchant's own keys, once the settings are whole and valid. */
    MerchantKeys merchantKeys() {
        return new MerchantKeys(SecurityKeys.signingKey(set(privateKey)), set(apiV3Key));
    }

    /** A setting that is there because payments are on. */
    static String set(@Nullable String value) {
        return Objects.requireNonNull(value, "payments are off");
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == PaySettings.class;
    }

    @Override
    public void validate(Object target, Errors errors) {
        ((PaySettings) target).check(errors);
    }

    private void check(Errors errors) {
        CredentialRules rules = new CredentialRules(errors);
        if (isOn()) {
            requireAll(errors);
        }
        rules.shape("baseUrl", baseUrl, URL, "set it to an absolute http or https URL without a slash at the end");
        rules.shape("merchantId", merchantId, MERCHANT, "set it to the merchant number, 8 to 10 digits");
        rules.shape(
                "certificateSerial",
                certificateSerial,
                SERIAL,
                "set it to the serial number of the merchant API certificate, 40 hexadecimal digits");
        rules.shape("apiV3Key", apiV3Key, API_KEY, "set it to the APIv3 key, 32 letters and digits");
        rules.shape(
                "platformPublicKeyId",
                platformPublicKeyId,
                KEY_ID,
                "set it to PUB_KEY_ID_ and what the merchant platform shows after it");
        rules.shape(
                "notifyUrl",
                notifyUrl,
                PUBLIC_ADDRESS,
                "set it to an absolute URL without a query, such as"
                        + " https://api.shop.example/api/v1/wechat/pay/notifications");
        rules.key("privateKey", privateKey, SecurityKeys::signingKey, "set it to an RSA key in PEM, PKCS #8");
        rules.key("platformPublicKey", platformPublicKey, PlatformKeys::publicKey, "set it to an RSA key in PEM");
        within("timeLimit", timeLimit, Duration.ofMillis(100), Duration.ofSeconds(30), "100ms to 30s", errors);
        within("certificateRefresh", certificateRefresh, Duration.ofMinutes(1), Duration.ofDays(1), "1m to 1d", errors);
    }

    private void requireAll(Errors errors) {
        Map<String, @Nullable String> all = needed();
        if (platformPublicKey != null || platformPublicKeyId != null) {
            all.put("platformPublicKey", platformPublicKey);
            all.put("platformPublicKeyId", platformPublicKeyId);
        }
        String missing = all.entrySet().stream()
                .filter(one -> one.getValue() == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
        all.forEach((name, value) -> {
            if (value == null) {
                errors.rejectValue(name, "missing", "WeChat Pay is set up by half, and lacks " + dashed(missing));
            }
        });
    }

    private static String dashed(String names) {
        return names.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replace(" ", ", ");
    }

    private static void within(
            String name, Duration value, Duration least, Duration most, String range, Errors errors) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            errors.rejectValue(name, "out-of-range", "set it to a time from " + range);
        }
    }

    private Map<String, @Nullable String> needed() {
        Map<String, @Nullable String> needed = new LinkedHashMap<>();
        needed.put("merchantId", merchantId);
        needed.put("certificateSerial", certificateSerial);
        needed.put("privateKey", privateKey);
        needed.put("apiV3Key", apiV3Key);
        needed.put("notifyUrl", notifyUrl);
        return needed;
    }

    @Override
    public String toString() {
        return "PaySettings[" + (isOn() ? "on" : "off") + "]";
    }
}
