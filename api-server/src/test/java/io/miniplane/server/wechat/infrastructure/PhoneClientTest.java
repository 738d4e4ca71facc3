package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.PHONE;
import static io.miniplane.server.wechat.infrastructure.WechatStage.TOKEN;
import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.PhoneNumber;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.world.TokenVerdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class PhoneClientTest {

    private final WechatStage stage = new WechatStage();

    PhoneClientTest() {
        stage.control.putUser("alice", null, "+852 61234567", false);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private String newCode() {
        return stage.control.phoneCode(WechatStage.APP, "alice");
    }

    private PhoneNumber number() {
        return result(stage.phone.exchange(newCode(), "alice"));
    }

    @Test
    void a_code_becomes_a_number() {
        PhoneNumber number = number();
        assertThat(number).isEqualTo(new PhoneNumber("852", "61234567"));
        assertThat(number.toString()).doesNotContain("61234567");
    }

    @Test
    void the_country_may_be_a_number() {
        stage.control.inject(Fault.always(
                PHONE,
                new Effect.Garbage(
                        "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"13800000000\",\"countryCode\":86,"
                                + "\"watermark\":{\"appid\":\"" + WechatStage.APP + "\"}}}")));
        assertThat(number()).isEqualTo(new PhoneNumber("86", "13800000000"));
    }

    @Test
    void used_unknown_foreign_and_stolen_codes_are_one_class() {
        String used = newCode();
        result(stage.phone.exchange(used, "alice"));
        stage.control.putApp("wxfedcba9876543210", WechatStage.SECRET);
        String foreign = stage.control.phoneCode("wxfedcba9876543210", "alice");
        assertRejected(used, "alice", 40029);
        assertRejected("made-up", "alice", 40029);
        assertRejected(foreign, "alice", 40013);
        assertRejected(newCode(), "mallory", 40003);
    }

    private void assertRejected(String code, String openId, int errcode) {
        WechatFailure failure = failure(stage.phone.exchange(code, openId));
        assertThat(failure.code().value()).isEqualTo(40001);
        assertThat(failure.errcode()).isEqualTo(errcode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oops",
                "{}",
                "{\"phone_info\":{\"purePhoneNumber\":\"1\"}}",
                "{\"phone_info\":{\"purePhoneNumber\":\"1\",\"countryCode\":\"86\",\"watermark\":{\"appid\":\"wx1\"}}}"
            })
    void garbage_is_no_number(String body) {
        stage.control.inject(Fault.always(PHONE, new Effect.Garbage(body)));
        assertThat(failure(stage.phone.exchange(newCode(), "alice")).code().value())
                .isEqualTo(50202);
    }

    @Test
    void an_expired_token_is_replaced_without_the_user_noticing() {
        number();
        stage.control.expireTokens();
        assertThat(number()).isNotNull();
        assertThat(stage.requests(PHONE)).isEqualTo(3);
        assertThat(stage.requests(TOKEN)).isEqualTo(2);
    }

    @Test
    void many_calls_with_an_expired_token_fetch_one_new_token() {
        number();
        stage.control.expireTokens();
        result(Flux.range(0, 100)
                .flatMap(i -> stage.phone.exchange(newCode(), "alice"), 100)
                .then());
        assertThat(stage.requests(TOKEN)).isEqualTo(2);
    }

    @Test
    void a_token_that_wechat_hands_out_and_refuses_is_replaced_by_force() {
        number();
        stage.control.endTokens(TokenVerdict.NOT_NEWEST, true);
        assertThat(number()).isNotNull();
        assertThat(stage.requests(TOKEN)).isEqualTo(3);
    }

    @Test
    void a_call_is_sent_twice_at_most_for_a_refused_token() {
        stage.control.inject(Fault.always(PHONE, new Effect.Errcode(42001, "access_token expired")));
        WechatFailure failure = failure(stage.phone.exchange(newCode(), "alice"));
        assertThat(failure.code().value()).isEqualTo(50201);
        assertThat(failure.errcode()).isEqualTo(42001);
        assertThat(stage.requests(PHONE)).isEqualTo(2);
    }

    @Test
    void a_secret_that_wechat_refuses_is_our_fault() {
        stage.control.putApp(WechatStage.APP, "f".repeat(32));
        WechatFailure failure = failure(stage.phone.exchange(newCode(), "alice"));
        assertThat(failure.code().value()).isEqualTo(50201);
        assertThat(failure.errcode()).isEqualTo(40125);
        assertThat(stage.requests(TOKEN)).isEqualTo(1);
    }
}
