package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.pay.Payments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.FieldError;

class PaySettingsTest {

    private static final String PREFIX = "miniplane.wechat.pay.";

    private static PayStage stage;

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PaySettings.class)
    static class Wiring {}

    @BeforeAll
    static void makeKeys() {
        stage = new PayStage();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static Map<String, String> whole() {
        Payments pay = stage.payments;
        Map<String, String> settings = new TreeMap<>();
        settings.put("merchant-id", pay.merchant().id());
        settings.put("certificate-serial", pay.merchant().certificateSerial());
        settings.put("private-key", pay.merchant().privateKeyPem());
        settings.put("api-v3-key", pay.merchant().apiV3Key());
        settings.put("platform-public-key", pay.keys().publicKeyPem());
        settings.put("platform-public-key-id", pay.keys().publicKeyId());
        settings.put("notify-url", "https://api.shop.example/api/v1/wechat/pay/notifications");
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
    void paymentsAreOffWithoutSettings() {
        with(Map.of())
                .run(started ->
                        assertThat(started.getBean(PaySettings.class).isOn()).isFalse());
    }

    @Test
    void wholeSettingsStart() {
        with(whole()).run(started -> {
            PaySettings settings = started.getBean(PaySettings.class);
            assertThat(settings.isOn()).isTrue();
            assertThat(settings.baseUrl()).isEqualTo("https://api.mch.weixin.qq.com");
            assertThat(settings.toString()).isEqualTo("PaySettings[on]");
        });
    }

    @Test
    void aMerchantWithCertificatesNeedsNoPublicKey() {
        Map<String, String> settings = whole();
        settings.remove("platform-public-key");
        settings.remove("platform-public-key-id");
        with(settings).run(started -> assertThat(started).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "merchant-id, merchantId",
        "certificate-serial, certificateSerial",
        "private-key, privateKey",
        "api-v3-key, apiV3Key",
        "notify-url, notifyUrl",
        "platform-public-key, platformPublicKey",
        "platform-public-key-id, platformPublicKeyId"
    })
    void whatIsMissingIsNamed(String property, String field) {
        Map<String, String> settings = whole();
        settings.remove(property);
        assertRefused(settings, field, "lacks " + property);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merchant-id",
                "certificate-serial",
                "private-key",
                "api-v3-key",
                "platform-public-key",
                "platform-public-key-id"
            })
    void oneAloneIsHalfAConfiguration(String property) {
        with(Map.of(property, whole().get(property)))
                .run(started -> assertThat(started).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "merchant-id, merchantId, 123, 8 to 10 digits",
        "certificate-serial, certificateSerial, xyz, 40 hexadecimal digits",
        "private-key, privateKey, none, RSA key in PEM",
        "api-v3-key, apiV3Key, short, 32 letters and digits",
        "platform-public-key, platformPublicKey, none, RSA key in PEM",
        "platform-public-key-id, platformPublicKeyId, 4711, PUB_KEY_ID_",
        "notify-url, notifyUrl, https://shop.example/pay?x=1, without a query",
        "base-url, baseUrl, wechat, absolute http or https URL",
        "time-limit, timeLimit, 1h, 100ms to 30s",
        "certificate-refresh, certificateRefresh, 1s, 1m to 1d"
    })
    void whatIsWrongIsNamed(String property, String field, String value, String sentence) {
        Map<String, String> settings = whole();
        settings.put(property, value);
        assertRefused(settings, field, sentence);
    }
}
