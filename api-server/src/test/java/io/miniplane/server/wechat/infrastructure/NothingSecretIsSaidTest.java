package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.everythingSaidBy;
import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NothingSecretIsSaidTest {

    private final WechatStage stage = new WechatStage();

    @AfterEach
    void stop() {
        stage.close();
    }

    static List<Effect> effects() {
        return List.of(
                new Effect.Latency(Duration.ofSeconds(10)),
                new Effect.Disconnect(false),
                new Effect.Garbage("oops"),
                new Effect.Garbage("x".repeat(100_000)),
                new Effect.Status(503),
                new Effect.Status(404),
                new Effect.Errcode(-1, "busy"),
                new Effect.Errcode(40125, "invalid appsecret"),
                new Effect.Errcode(40163, "code been used"),
                new Effect.Errcode(45011, "too often"));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void a_failed_call_names_neither_code_nor_secret_nor_token(Effect effect) {
        String token = result(stage.tokens.current()).value();
        String loginCode = stage.newCode();
        String openId = stage.control.newUser().openId();
        String phoneCode = stage.control.phoneCode(WechatStage.APP, openId);
        stage.control.inject(Fault.always(Fault.EVERY_PATH, effect));
        String said = everythingSaidBy(failure(stage.login.exchange(loginCode)))
                + everythingSaidBy(failure(stage.phone.exchange(phoneCode, openId)))
                + tags();
        assertThat(said).doesNotContain(WechatStage.SECRET, token, loginCode, phoneCode, openId);
    }

    @Test
    void a_wechat_that_cannot_be_reached_is_named_without_the_address() {
        String code = stage.newCode();
        stage.simulator.close();
        assertThat(everythingSaidBy(failure(stage.login.exchange(code))) + tags())
                .contains("ConnectException")
                .doesNotContain(WechatStage.SECRET, code);
    }

    @Test
    void values_that_hold_secrets_do_not_print_them() {
        WechatCall call =
                WechatCall.get(Endpoint.JSCODE2SESSION, Map.of("secret", WechatStage.SECRET), Errcodes::failure);
        AppCredentials credentials = new AppCredentials(WechatStage.APP, WechatStage.SECRET);
        WechatSettings settings = WechatStage.settings("http://localhost", Duration.ofSeconds(1), 1);
        assertThat("" + call + credentials + settings).doesNotContain(WechatStage.SECRET);
    }

    private String tags() {
        return stage.meters.getMeters().toString()
                + stage.meters.getMeters().stream()
                        .map(meter -> meter.getId().toString())
                        .toList();
    }
}
