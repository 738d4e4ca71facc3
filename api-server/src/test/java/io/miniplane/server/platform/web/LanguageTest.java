package io.miniplane.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class LanguageTest {

    @Test
    void theFirstLanguageThatWeSpeakIsTaken() {
        assertThat(asked("fr, zh-TW;q=0.9, en;q=0.8")).isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertThat(asked("fr")).isEqualTo(Locale.ENGLISH);
        assertThat(asked(";;")).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void aListThatWouldTakeLongToReadIsNotRead() {
        assertThat(asked("zh" + ", fr".repeat(60))).isEqualTo(Locale.SIMPLIFIED_CHINESE);
        assertThat(asked("zh" + ", fr".repeat(70))).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void severalListsAreAsLongAsTheyAreTogether() {
        HttpHeaders headers = new HttpHeaders();
        for (int i = 0; i < 100; i++) {
            headers.add(HttpHeaders.ACCEPT_LANGUAGE, "zh");
        }
        assertThat(Messages.language(headers)).isEqualTo(Locale.ENGLISH);
    }

    private static Locale asked(String languages) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ACCEPT_LANGUAGE, languages);
        return Messages.language(headers);
    }
}
