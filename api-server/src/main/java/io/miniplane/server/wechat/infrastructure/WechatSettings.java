package io.miniplane.server.wechat.infrastructure;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How WeChat is called.
 *
 * @param baseUrl where WeChat is, without a slash at the end
 * @param appSecret AppSecret of the mini-program
 * @param timeLimit the longest that a call with its repetitions may take
 * @param connectTimeout the longest that one attempt to connect may take
 * @param maxConcurrentCalls how many calls of one kind may run at once; more are refused at once
 * @param breakerOpenFor how long calls are held back once half of the last ones failed
 * @param tokenRefreshAhead how long before its end the access token is renewed; WeChat itself renews in the last 300 s
 */
@Validated
@ConfigurationProperties("miniplane.wechat")
record WechatSettings(
        @Pattern(
                regexp = "https?://[^/?#\\s]+(/[^?#\\s]+)*",
                message = "set it to an absolute http or https URL without a slash at the end,"
                        + " such as https://api.weixin.qq.com")
        @DefaultValue("https://api.weixin.qq.com")
        String baseUrl,

        @NotNull(message = SECRET) @Pattern(regexp = "[0-9A-Za-z]{32}", message = SECRET)
        String appSecret,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 10s")
        @DurationMax(seconds = 10, message = "set it to a time from 100ms to 10s")
        @DefaultValue("3s")
        Duration timeLimit,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 10s")
        @DurationMax(seconds = 10, message = "set it to a time from 100ms to 10s")
        @DefaultValue("1s")
        Duration connectTimeout,

        @Min(value = 1, message = "set it to a number from 1 to 10000")
        @Max(value = 10000, message = "set it to a number from 1 to 10000")
        @DefaultValue("256")
        int maxConcurrentCalls,

        @DurationMin(millis = 100, message = "set it to a time from 100ms to 10m")
        @DurationMax(minutes = 10, message = "set it to a time from 100ms to 10m")
        @DefaultValue("5s")
        Duration breakerOpenFor,

        @DurationMin(seconds = 30, message = "set it to a time from 30s to 290s")
        @DurationMax(seconds = 290, message = "set it to a time from 30s to 290s")
        @DefaultValue("200s")
        Duration tokenRefreshAhead) {

    private static final String SECRET = "set it to the AppSecret of the mini-program, 32 letters and digits";

    @Override
    public String toString() {
        return "WechatSettings[" + baseUrl + "]";
    }
}
