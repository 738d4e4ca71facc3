package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.wechat.WechatLogin;
import io.miniplane.server.wechat.WechatPhone;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.r2dbc.spi.ConnectionFactories;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;

class WechatConfigurationTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(Wiring.class)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(ObservationRegistry.class, ObservationRegistry::create)
            .withBean(
                    DatabaseClient.class,
                    () -> DatabaseClient.create(ConnectionFactories.get("r2dbc:postgresql://nobody@localhost:1/none")))
            .withPropertyValues(
                    "miniplane.app-id=" + WechatStage.APP, "miniplane.wechat.app-secret=" + WechatStage.SECRET);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({AppSettings.class, WechatSettings.class, ApiSecuritySettings.class})
    @Import({WechatConfiguration.class, ClientConfiguration.class})
    static class Wiring {}

    @Test
    void the_defaults_are_those_of_the_real_wechat() {
        context.run(started -> {
            WechatSettings settings = started.getBean(WechatSettings.class);
            assertThat(settings.baseUrl()).isEqualTo("https://api.weixin.qq.com");
            assertThat(settings.timeLimit()).isEqualTo(Duration.ofSeconds(3));
            assertThat(settings.tokenRefreshAhead()).isLessThan(Duration.ofMinutes(5));
        });
    }

    @Test
    void the_clients_reach_the_configured_wechat() {
        try (WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial())) {
            context.withPropertyValues("miniplane.wechat.base-url=" + simulator.baseUri())
                    .run(started -> {
                        String code =
                                simulator.control().loginCode(WechatStage.APP).code();
                        String openId = WechatStage.result(
                                        started.getBean(WechatLogin.class).exchange(code))
                                .openId();
                        String phoneCode = simulator.control().phoneCode(WechatStage.APP, openId);
                        assertThat(WechatStage.result(
                                        started.getBean(WechatPhone.class).exchange(phoneCode, openId)))
                                .isNotNull();
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, api.weixin.qq.com, absolute http or https URL",
        "base-url, ftp://api.weixin.qq.com, absolute http or https URL",
        "base-url, https://api.weixin.qq.com/, absolute http or https URL",
        "base-url, https://api.weixin.qq.com?x=1, absolute http or https URL",
        "app-secret, tooShort, 32 letters and digits",
        "time-limit, 0s, from 100ms to 10s",
        "time-limit, -1s, from 100ms to 10s",
        "connect-timeout, 1m, from 100ms to 10s",
        "max-concurrent-calls, 0, from 1 to 10000",
        "breaker-open-for, 0s, from 100ms to 10m",
        "token-refresh-ahead, 300s, from 30s to 290s"
    })
    void a_wrong_value_stops_the_start(String name, String value, String sentence) {
        context.withPropertyValues("miniplane.wechat." + name + "=" + value)
                .run(started -> assertThat(started).getFailure().rootCause().hasMessageContaining(sentence));
    }

    @Test
    void a_missing_secret_stops_the_start() {
        context.withPropertyValues("miniplane.wechat.app-secret:")
                .run(started -> assertThat(started).hasFailed());
    }
}
