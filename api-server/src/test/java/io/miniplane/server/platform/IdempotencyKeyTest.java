package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerRequest;

class IdempotencyKeyTest {

    @Test
    void withoutTheHeaderThereIsNoKey() {
        assertThat(key(Map.of("a", 1))).isNull();
    }

    @Test
    void quotesAroundAKeyAreNoPartOfIt() {
        assertThat(Objects.requireNonNull(key(Map.of("a", 1), "\"order-1\"")).value())
                .isEqualTo("order-1");
        assertThat(key(Map.of("a", 1), "\"order-1\"")).isEqualTo(key(Map.of("a", 1), "order-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "two words", "a\"b", "schlüssel"})
    void whatIsNoKeyIsRefused(String header) {
        assertThatThrownBy(() -> key(Map.of(), header))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code().value()).isEqualTo(40062));
    }

    @Test
    void tooLongAKeyAndTwoKeysAreRefused() {
        assertThat(key(Map.of(), "k".repeat(IdempotencyKey.LONGEST))).isNotNull();
        assertThatThrownBy(() -> key(Map.of(), "k".repeat(IdempotencyKey.LONGEST + 1)))
                .isInstanceOf(Failure.class);
        assertThatThrownBy(() -> key(Map.of(), "one", "two")).isInstanceOf(Failure.class);
    }

    @Test
    void theOrderOfFieldsDoesNotCountAndEveryValueDoes() {
        String digest =
                Objects.requireNonNull(key(new Body("tea", List.of(1, 2)), "k")).digest();
        assertThat(Objects.requireNonNull(key(new Turned(List.of(1, 2), "tea"), "k"))
                        .digest())
                .isEqualTo(digest)
                .hasSize(64);
        Objects.requireNonNull(key(new Body("tea", List.of(1, 2)), "k")).requireSame(digest);
        assertThatThrownBy(() -> Objects.requireNonNull(key(new Body("tea", List.of(2, 1)), "k"))
                        .requireSame(digest))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code().value()).isEqualTo(40930));
    }

    private static @Nullable IdempotencyKey key(Object body, String... headers) {
        MockServerHttpRequest request = MockServerHttpRequest.post("/")
                .header(IdempotencyKey.HEADER, headers)
                .build();
        return IdempotencyKey.of(
                ServerRequest.create(MockServerWebExchange.from(request), List.<HttpMessageReader<?>>of()), body);
    }

    record Body(String name, List<Integer> sizes) {}

    record Turned(List<Integer> sizes, String name) {}
}
