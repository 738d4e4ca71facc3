package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.FieldError;

class ApiSecuritySettingsTest {

    private static final String PREFIX = "miniplane.wechat.api-security.";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ApiSecuritySettings.class)
    static class Wiring {}

    private static Map<String, String> whole() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("symmetric-key", SecuredStage.SYMMETRIC);
        settings.put("symmetric-key-serial", SecuredStage.SYMMETRIC_SERIAL);
        settings.put("signing-key", SecuredStage.pem("own-key"));
        settings.put("signing-key-serial", SecuredStage.OWN_SERIAL);
        settings.put("platform-certificate", SecuredStage.pem("platform-certificate"));
        settings.put("platform-certificate-serial", SecuredStage.PLATFORM_SERIAL);
        return settings;
    }

    private static ApplicationContextRunner with(Map<String, String> settings) {
        List<String> values = new ArrayList<>();
        settings.forEach((name, value) -> values.add(PREFIX + name + "=" + value));
        return new ApplicationContextRunner()
                .withUserConfiguration(Wiring.class)
                .withPropertyValues(values.toArray(String[]::new));
    }

    private static void assertRefused(Map<String, String> settings, String field, String sentence) {
        with(settings).run(started -> {
            assertThat(started).hasFailed();
            Throwable cause = started.getStartupFailure();
            while (!(cause instanceof BindValidationException)) {
                cause = cause.getCause();
            }
            FieldError error = (FieldError) ((BindValidationException) cause)
                    .getValidationErrors()
                    .getAllErrors()
                    .getFirst();
            assertThat(error.getField()).isEqualTo(field);
            assertThat(error.getDefaultMessage()).contains(sentence);
        });
    }

    @Test
    void without_any_key_it_is_off() {
        with(Map.of())
                .run(started -> assertThat(
                                started.getBean(ApiSecuritySettings.class).isOn())
                        .isFalse());
    }

    @Test
    void with_all_of_them_it_is_on() {
        with(whole())
                .run(started -> assertThat(
                                started.getBean(ApiSecuritySettings.class).isOn())
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "symmetric-key, symmetricKey",
        "symmetric-key-serial, symmetricKeySerial",
        "signing-key, signingKey",
        "signing-key-serial, signingKeySerial",
        "platform-certificate, platformCertificate",
        "platform-certificate-serial, platformCertificateSerial"
    })
    void each_that_is_missing_is_named(String name, String field) {
        Map<String, String> settings = whole();
        settings.remove(name);
        assertRefused(settings, field, "API security needs it beside the keys that are set");
    }

    @ParameterizedTest
    @CsvSource({"cipher, SM4_GCM, only AES256_GCM is", "signature, SM2withSM3, only RSAwithSHA256 is"})
    void the_other_algorithms_are_said_to_be_unsupported(String name, String value, String sentence) {
        Map<String, String> settings = whole();
        settings.put(name, value);
        assertRefused(settings, name, "not supported, " + sentence);
        assertRefused(Map.of(name, value), name, "not supported, " + sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "symmetric-key, c2hvcnQ=, symmetricKey, base64 of 32 bytes",
        "symmetric-key, not*base64, symmetricKey, base64 of 32 bytes",
        "symmetric-key-serial, a b, symmetricKeySerial, number that the WeChat console shows",
        "signing-key, nothing, signingKey, 'RSA key in PEM, PKCS #8'",
        "platform-certificate, nothing, platformCertificate, X.509 certificate"
    })
    void a_malformed_one_is_named(String name, String value, String field, String sentence) {
        Map<String, String> settings = whole();
        settings.put(name, value);
        assertRefused(settings, field, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"own-public", "own-key", "elliptic-certificate"})
    void what_is_no_certificate_of_an_rsa_key_is_refused(String file) {
        Map<String, String> settings = whole();
        settings.put("platform-certificate", SecuredStage.pem(file));
        assertRefused(settings, "platformCertificate", "X.509 certificate");
    }

    @Test
    void a_path_that_cannot_be_secured_is_refused_with_those_that_can() {
        Map<String, String> settings = whole();
        settings.put("paths", "/wxa/getwxacode");
        assertRefused(settings, "paths", "/wxa/getuserriskrank");
    }
}
