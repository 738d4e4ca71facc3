package io.miniplane.server.identity.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

class IdentitySettingsTest {

    private static final SpringValidatorAdapter VALIDATOR =
            new SpringValidatorAdapter(Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void whatIsLeftOutHasADefaultThatHolds() {
        for (Class<?> type : new Class<?>[] {
            IdentitySettings.class, LoginThrottleSettings.class, RiskSettings.class, UserDataSettings.class
        }) {
            assertThatCode(() -> bind(type, Map.of())).as("%s", type).doesNotThrowAnyException();
        }
        assertThat(bind(StaffSettings.class, Map.of()).staff()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, '', set it to the iss",
        "access-token-lifetime, 59s, 1m or more",
        "access-token-lifetime, 25h, 24h or less",
        "refresh-token-lifetime, 59m, 1h or more",
        "refresh-token-lifetime, 401d, 400d or less",
        "revocation-poll, 99ms, 100ms or more",
        "revocation-poll, 61s, 1m or less",
        "verified-tokens, 0, 1 or more",
        "max-sessions, 0, from 1 to 100",
        "max-sessions, 101, from 1 to 100",
        "keep-ended-sessions, 47h, 2d or more",
        "keep-ended-sessions, 401d, 400d or less"
    })
    void aSessionSettingOutOfBoundsIsRefusedWithTheBounds(String name, String value, String cure) {
        assertRefused(IdentitySettings.class, name, value, cure);
    }

    @ParameterizedTest
    @CsvSource({
        "address-burst, 0, from 1 to 1000000",
        "address-burst, 1000001, from 1 to 1000000",
        "address-interval, 0ms, from 1ms to 1h",
        "address-interval, 61m, from 1ms to 1h",
        "addresses, 0, 1 or more",
        "user-logins, 0, from 1 to 1000000",
        "user-logins, 1000001, from 1 to 1000000",
        "user-window, 999ms, from 1s to 24h",
        "user-window, 25h, from 1s to 24h"
    })
    void aLoginThrottleOutOfBoundsIsRefusedWithTheBounds(String name, String value, String cure) {
        assertRefused(LoginThrottleSettings.class, name, value, cure);
    }

    @ParameterizedTest
    @CsvSource({
        "block-from, 0, from 1 to 4",
        "block-from, 5, from 1 to 4",
        "scene, -1, 'set it to 0, register'",
        "scene, 2, 'set it to 0, register'",
        "time-limit, 49ms, from 50ms to 3s",
        "time-limit, 4s, from 50ms to 3s"
    })
    void aRiskSettingOutOfBoundsIsRefusedWithTheBounds(String name, String value, String cure) {
        assertRefused(RiskSettings.class, name, value, cure);
    }

    @ParameterizedTest
    @CsvSource({
        "max-age, 9s, from 10s to 24h",
        "max-age, 25h, from 10s to 24h",
        "clock-skew, -1s, from 0s to 10m",
        "clock-skew, 11m, from 0s to 10m"
    })
    void anAgeOfWechatsDataOutOfBoundsIsRefusedWithTheBounds(String name, String value, String cure) {
        assertRefused(UserDataSettings.class, name, value, cure);
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://login.example, https address",
        "issuer, https://login.example?a=b, https address",
        "audience, ' ', audience that the issuer gives",
        "roles-claim, ' ', set it to a claim such as roles",
        "jwks-uri, http://login.example/keys, https address",
        "clock-skew, -1s, 0s or more",
        "clock-skew, 301s, 5m or less",
        "longest-age, 59s, 1m or more",
        "longest-age, 25h, 24h or less"
    })
    void aWrongSignInOfStaffIsRefusedWithTheCure(String name, String value, String cure) {
        Map<String, String> right = Map.of(
                "miniplane.staff.issuer", "https://login.example",
                "miniplane.staff.audience", "shop",
                "miniplane.staff.roles.owners", "admin");
        assertThatCode(() -> bind(StaffSettings.class, right)).doesNotThrowAnyException();
        Map<String, String> wrong = new HashMap<>(right);
        wrong.put("miniplane.staff." + name, value);
        assertThatThrownBy(() -> bind(StaffSettings.class, wrong))
                .hasRootCauseInstanceOf(BindValidationException.class)
                .hasStackTraceContaining(cure);
    }

    private static void assertRefused(Class<?> type, String name, String value, String cure) {
        assertThatThrownBy(() -> bind(type, Map.of(prefix(type) + "." + name, value)))
                .hasRootCauseInstanceOf(BindValidationException.class)
                .hasStackTraceContaining(cure);
    }

    private static <T> T bind(Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate(prefix(type), Bindable.of(type), new ValidationBindHandler(VALIDATOR));
    }

    private static String prefix(Class<?> type) {
        return type.getAnnotation(ConfigurationProperties.class).value();
    }
}
