package io.miniplane.server.inventory.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventorySettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    @ParameterizedTest
    @ValueSource(strings = {"http://stock", "https://stock.shop.example:8443/v1/stock"})
    void anAddressOfAServiceIsTaken(String url) {
        assertThat(refused(remote(url, "s3cret"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stock",
                "ftp://stock",
                "https://stock/",
                "https://stock/v1/",
                "https://stock?a=b",
                "https://st ock"
            })
    void anythingElseIsRefusedWithWhatToSet(String url) {
        assertThat(refused(remote(url, null)))
                .singleElement()
                .asString()
                .startsWith("url set it to an absolute http or https URL without a slash at the end")
                .endsWith("or leave it out to keep the stock here");
    }

    @Test
    void aTokenIsOneWordAndIsNeverShown() {
        assertThat(refused(remote(null, "two words")))
                .singleElement()
                .asString()
                .startsWith("token set it to");
        assertThat(remote("http://stock", "s3cret")).asString().doesNotContain("s3cret");
    }

    @Test
    void reservationsLastLongerThanOrdersWaitAndNotForEver() {
        assertThat(refused(new InventorySettings(Duration.ofHours(1), SECOND))).isEmpty();
        assertThat(refused(new InventorySettings(Duration.ofDays(30), SECOND))).isEmpty();
        assertThat(refused(new InventorySettings(Duration.ofMinutes(59), SECOND)))
                .singleElement()
                .asString()
                .contains("longer than orders may wait for their payment");
        assertThat(refused(new InventorySettings(Duration.ofDays(31), SECOND))).hasSize(1);
        assertThat(refused(new InventorySettings(Duration.ofDays(1), Duration.ZERO)))
                .hasSize(1);
    }

    private static RemoteSettings remote(@Nullable String url, @Nullable String token) {
        return new RemoteSettings(url, token, SECOND, SECOND, 10, SECOND);
    }

    private List<String> refused(Object settings) {
        return validator.validate(settings).stream()
                .map(wrong -> wrong.getPropertyPath() + " " + wrong.getMessage())
                .toList();
    }
}
