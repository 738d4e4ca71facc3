package io.miniplane.server.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IPHONE   | Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.53",
                "IPAD     | Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.47",
                "ANDROID  | Mozilla/5.0 (Linux; Android 14; PJD110) Chrome/116.0 Mobile MicroMessenger/8.0.50 MiniProgramEnv/android",
                "HARMONY  | Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 ArkWeb/4.1 Mobile MicroMessenger/1.0",
                "WINDOWS  | Mozilla/5.0 (Windows NT 10.0; WOW64) MicroMessenger/7.0.20 MiniProgramEnv/Windows WindowsWechat",
                "MAC      | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) MicroMessenger/6.8.0 MiniProgramEnv/Mac MacWechat",
                "DEVTOOLS | Mozilla/5.0 (iPhone; CPU iPhone OS 15_0) wechatdevtools/1.06.2407110 MicroMessenger/8.0.5",
                "OTHER    | curl/8.5.0",
                "OTHER    | ''"
            })
    void theKindOfADeviceIsReadFromItsUserAgent(ClientKind kind, String userAgent) {
        assertThat(ClientKind.of(userAgent)).isEqualTo(kind);
    }

    @Test
    void whatComesLateIsNotRead() {
        assertThat(ClientKind.of("x".repeat(512) + "iPhone")).isEqualTo(ClientKind.OTHER);
    }
}
