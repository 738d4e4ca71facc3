package io.miniplane.server.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.identity.UserDeleted;
import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.platform.Failure;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void aPathAndAnAddressOfWechatsAreTheSame() {
        Target target = new Target("/wxa/msg_sec_check", "a=1&b=%20");
        assertThat(Target.of("/wxa/msg_sec_check?a=1&b=%20")).isEqualTo(target);
        assertThat(Target.of("http://api.weixin.qq.com/wxa/msg_sec_check?a=1&b=%20"))
                .isEqualTo(target);
        assertThat(Target.of("HTTP://API.weixin.qq.com:80/wxa/msg_sec_check?a=1&b=%20"))
                .isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/wxa//msg",
                "//wxa/msg",
                "/wxa/../msg",
                "/wxa/./msg",
                "/wxa/..",
                "/wxa/...",
                "/wxa/%2e%2e/msg",
                "/wxa/%6dsg",
                "/wxa/msg;a=1",
                "/wxa/..;/msg",
                "/wxa\\msg",
                "/wxa/msg/",
                "/",
                "",
                "*",
                "/wxa/m%2fsg",
                "/wxa/消息",
                "http://api.weixin.qq.com",
                "http://api.weixin.qq.com@evil.example/wxa",
                "http://evil.example/wxa",
                "https://api.weixin.qq.com/wxa",
                "http://api.weixin.qq.com.evil.example/wxa",
                "http://api.weixin.qq.com:8080/wxa"
            })
    void whatIsNotPlainOrOfAnotherHostIsRefused(String raw) {
        assertThatThrownBy(() -> Target.of(raw)).isInstanceOf(Failure.class);
    }

    @ParameterizedTest
    @CsvSource({
        "access_token=x&a=1,a=1",
        "a=1&access_token=x,a=1",
        "cloudbase_access_token=x,''",
        "a=1&access%5ftoken=x&b=2,a=1&b=2",
        "ACCESS_TOKEN=x&a=1,a=1",
        "access_token&a=1,a=1",
        "+access_token=x&a=1,a=1",
        "a=access_token&b,a=access_token&b"
    })
    void theContainersTokensAreDropped(String query, String left) {
        assertThat(Target.of("/a?" + query).query()).isEqualTo(left);
    }

    @Test
    void whatTheServerTellsOfIsWhatItsModulesPublish() {
        assertThat(EventTypes.OF_SERVER)
                .containsExactlyInAnyOrder(
                        OrderEvents.CREATED,
                        OrderEvents.CONFIRMED,
                        OrderEvents.CANCELLED,
                        OrderEvents.PAID,
                        OrderEvents.SHIPPED,
                        OrderEvents.COMPLETED,
                        OrderEvents.REFUNDED,
                        UserDeleted.TYPE)
                .allMatch(EventTypes::isType)
                .allMatch(EventTypes::isReserved);
    }

    @Test
    void patternsMeanSomethingOrAreRefused() {
        assertThat(Set.of("order.paid", "order.*", "shop.*", "shop.opened", "shop.hours.*"))
                .allMatch(EventTypes::isPattern);
        assertThat(Set.of(
                        "payment.news",
                        "payment.*",
                        "wechat.push.text",
                        "order.lost",
                        "shop",
                        "*",
                        ".*",
                        "shop.*.x",
                        "Shop.*"))
                .noneMatch(EventTypes::isPattern);
        assertThat(EventTypes.fits("shop.opened", Set.of("shop.*"))).isTrue();
        assertThat(EventTypes.fits("shopping.opened", Set.of("shop.*"))).isFalse();
        assertThat(EventTypes.ofServer(Set.of("order.*"))).hasSize(7);
    }
}
