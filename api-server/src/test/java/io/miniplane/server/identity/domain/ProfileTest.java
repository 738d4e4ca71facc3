package io.miniplane.server.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {

    @ParameterizedTest
    @CsvSource({"张三丰, 张*", "A, A*", "😀 smile, 😀*", ","})
    void staffSeesTheFirstCharacterOfANickname(String nickname, String masked) {
        assertThat(new Profile(nickname, null, null).maskedNickname()).isEqualTo(masked);
    }
}
