package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.infrastructure.PushSettings.Format;
import io.miniplane.server.wechat.infrastructure.PushSettings.Mode;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PushSettingsTest {

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void aModeThatEncryptsNeedsItsKey() {
        assertThat(refused("AAAAA", null, Mode.SAFE)).startsWith("mode set encoding-aes-key to the EncodingAESKey");
        assertThat(refused("AAAAA", null, Mode.COMPATIBLE)).startsWith("mode set encoding-aes-key");
        assertThat(refused("AAAAA", null, Mode.PLAIN)).isEmpty();
        assertThat(refused(null, null, Mode.SAFE)).isEmpty();
        assertThat(refused("AAAAA", "A".repeat(43), Mode.SAFE)).isEmpty();
    }

    @Test
    void whatIsNoTokenOrKeyIsRefusedAndNothingIsSaidOfIt() {
        assertThat(refused("a b", null, Mode.PLAIN))
                .contains("token set it to the Token")
                .doesNotContain("a b");
        assertThat(refused("AAAAA", "A".repeat(44), Mode.SAFE)).contains("encodingAesKey set it to the EncodingAESKey");
        assertThat(settings("AAAAA", "A".repeat(43), Mode.SAFE).toString()).isEqualTo("PushSettings[JSON SAFE]");
    }

    private String refused(String token, String key, Mode mode) {
        StringBuilder text = new StringBuilder();
        validator
                .validate(settings(token, key, mode))
                .forEach(wrong ->
                        text.append(wrong.getPropertyPath()).append(' ').append(wrong.getMessage()));
        return text.toString();
    }

    private static PushSettings settings(String token, String key, Mode mode) {
        return new PushSettings(token, key, Format.JSON, mode, Duration.ofMinutes(5), Duration.ofDays(1));
    }
}
