package io.miniplane.server.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    @Test
    void whatIsHandedOutMatchesWhatIsStoredWhenItComesBack() {
        RefreshToken.Issued issued = RefreshToken.first();
        RefreshToken presented = RefreshToken.parse(issued.text()).orElseThrow().token();
        assertThat(presented).isEqualTo(issued.token());
        assertThat(Base64.getUrlDecoder().decode(issued.text())).hasSize(64);
    }

    @Test
    void theSuccessorIsOfTheSameSessionAndHasAnotherSecret() {
        RefreshToken.Issued first = RefreshToken.first();
        RefreshToken.Issued next =
                RefreshToken.parse(first.text()).orElseThrow().next();
        assertThat(next.token().selectorHash()).isEqualTo(first.token().selectorHash());
        assertThat(next.token().secretHash()).isNotEqualTo(first.token().secretHash());
        assertThat(next.text()).isNotEqualTo(first.text());
    }

    @Test
    void twoSessionsShareNothing() {
        RefreshToken one = RefreshToken.first().token();
        RefreshToken other = RefreshToken.first().token();
        assertThat(one.selectorHash()).isNotEqualTo(other.selectorHash());
        assertThat(one.secretHash()).isNotEqualTo(other.secretHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "not base64!", "ÄÖÜ"})
    void whatCannotBeATokenIsNone(String text) {
        assertThat(RefreshToken.parse(text)).isEmpty();
    }

    @Test
    void aTokenDoesNotShowInText() {
        RefreshToken.Issued issued = RefreshToken.first();
        assertThat(issued.toString()).doesNotContain(issued.text());
        assertThat(issued.token().toString()).doesNotContain(issued.text());
    }
}
