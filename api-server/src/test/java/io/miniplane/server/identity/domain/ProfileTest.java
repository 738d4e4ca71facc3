package io.miniplane.server.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {

    @ParameterizedTest
    @CsvSource({"张三丰, 张*", "A, A*", "😀 smile, 😀*", ","})
    void staffSeesTheFirstCharacterOfANickname(String nickname, String masked) {
        assertThat(new Profile(nickname, null, null).maskedNickname()).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Band   | http://wx.qlogo.cn/a/0 | zh_CN | Band   | https://wx.qlogo.cn/a/0 | zh-CN",
                "' '    | ftp://wx.qlogo.cn/a    | x     |        |                         |      ",
                "' 张三 ' | https://a b           | en    | 张三     |                         | en   ",
                "a      | https://               | zh__  | a      |                         |      "
            })
    void whatWechatTellsIsMadeToFit(
            String nickname, String avatarUrl, String language, String fitting, String secure, String tag) {
        assertThat(Profile.ofWechat(nickname, avatarUrl, language)).isEqualTo(new Profile(fitting, secure, tag));
    }

    @Test
    void aNicknameIsCutBetweenCharactersAndLosesWhatCannotBeSeen() {
        assertThat(Profile.ofWechat("x" + "🎸".repeat(80), "", "").nickname()).isEqualTo("x" + "🎸".repeat(63));
        assertThat(Profile.ofWechat("a\u0000b\ud83dc", "", "").nickname()).isEqualTo("abc");
        assertThat(Profile.ofWechat("\u0001\u0002", "", "").nickname()).isNull();
        assertThat(Profile.ofWechat("", "https://a/" + "x".repeat(1020), "").avatarUrl())
                .isNull();
    }
}
