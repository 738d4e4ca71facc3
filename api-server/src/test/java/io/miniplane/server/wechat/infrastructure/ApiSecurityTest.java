package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.RiskRanks.Question;
import io.miniplane.server.wechat.RiskRanks.Scene;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Asked;
import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Said;
import io.miniplane.server.wechat.infrastructure.SecuredStage.Answer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

class ApiSecurityTest {

    private static final String RANK = Endpoint.GETUSERRISKRANK.path();

    private final SecuredStage stage = new SecuredStage();

    @AfterEach
    void stop() {
        stage.close();
    }

    private Mono<Integer> rank() {
        return stage.wechat.clients.riskRanks().rank(Question.of("alice", Scene.REGISTRATION, "203.0.113.7"));
    }

    private void answers(Consumer<Answer> spoil) {
        stage.wechat.says(RANK, asked -> {
            Answer answer = stage.answer(asked, "{\"errcode\":0,\"risk_rank\":2}");
            spoil.accept(answer);
            return answer.said();
        });
    }

    @Test
    void a_call_is_encrypted_and_signed_and_its_answer_verified_and_decrypted() throws GeneralSecurityException {
        answers(answer -> {});
        assertThat(result(rank())).isEqualTo(2);
        Asked asked = stage.wechat.asked(RANK).getFirst();
        assertThat(asked.query()).isEqualTo("access_token=" + ScriptedWechat.TOKEN);
        assertThat(asked.body()).doesNotContain("alice", "203.0.113.7");
        assertThat(asked.headers()).doesNotContainKey("wechatmp-serial");
        JsonNode opened = stage.opened(asked);
        assertThat(opened.path("openid").asString()).isEqualTo("alice");
        assertThat(opened.path("_appid").asString()).isEqualTo(WechatStage.APP);
        assertThat(opened.path("_timestamp").isNumber()).isTrue();
        assertThat(asked.headers().get("wechatmp-timestamp"))
                .isEqualTo(opened.path("_timestamp").asString());
    }

    @Test
    void no_two_requests_are_alike_even_in_length() throws GeneralSecurityException {
        answers(answer -> {});
        Set<String> bodies = new HashSet<>();
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            result(rank());
        }
        for (Asked asked : stage.wechat.asked(RANK)) {
            bodies.add(asked.body());
            lengths.add(stage.opened(asked).path("_n").asString().length());
        }
        assertThat(bodies).hasSize(50);
        assertThat(lengths)
                .hasSizeGreaterThan(3)
                .allSatisfy(length -> assertThat(length).isBetween(22, 43));
    }

    @Test
    void while_the_certificate_rotates_the_signature_of_the_one_that_is_held_counts() {
        answers(answer -> {
            answer.serial = "0123456789abcdef0123456789abcdef";
            answer.deprecatedSerial = SecuredStage.PLATFORM_SERIAL;
        });
        assertThat(result(rank())).isEqualTo(2);
    }

    @Test
    void a_skew_of_five_minutes_is_taken() {
        answers(answer -> shift(answer, Duration.ofMinutes(5)));
        assertThat(result(rank())).isEqualTo(2);
    }

    static Stream<Named<Consumer<Answer>>> spoilt() {
        return Stream.of(
                Named.of("another certificate", answer -> answer.serial = "0123456789abcdef0123456789abcdef"),
                Named.of("two other certificates", answer -> {
                    answer.serial = "0123456789abcdef0123456789abcdef";
                    answer.deprecatedSerial = "1123456789abcdef0123456789abcdef";
                }),
                Named.of("a changed body", answer -> answer.spoiltBody = true),
                Named.of("the answer of another call", answer -> answer.signedUrl += "x"),
                Named.of("another app in the header", answer -> answer.headerApp = "wxfedcba9876543210"),
                Named.of("another app inside", answer -> answer.innerApp = "wxfedcba9876543210"),
                Named.of("another time inside", answer -> answer.innerTime++),
                Named.of("an old answer", answer -> shift(answer, Duration.ofSeconds(-301))),
                Named.of("an answer of the future", answer -> shift(answer, Duration.ofSeconds(301))));
    }

    private static void shift(Answer answer, Duration by) {
        answer.at = answer.at.plus(by);
        answer.innerTime += by.toSeconds();
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void an_answer_that_is_not_as_it_ought_to_be_is_refused(Consumer<Answer> spoil) {
        answers(spoil);
        WechatFailure failure = failure(rank());
        assertThat(failure).isInstanceOf(WechatFailure.SecurityBroken.class);
        assertThat(failure.code().value()).isEqualTo(50205);
        assertThat(stage.wechat.asked(RANK)).hasSize(1);
    }

    @Test
    void an_answer_in_clear_is_refused() {
        stage.wechat.says(RANK, "{\"errcode\":0,\"risk_rank\":0}");
        assertThat(failure(rank())).isInstanceOf(WechatFailure.SecurityBroken.class);
    }

    @Test
    void a_refusal_in_clear_is_understood() {
        stage.wechat.says(RANK, "{\"errcode\":61010,\"errmsg\":\"x\"}");
        assertThat(failure(rank())).isInstanceOf(WechatFailure.UserInactive.class);
    }

    @Test
    void a_refusal_inside_is_understood() {
        stage.wechat.says(
                RANK, asked -> stage.answer(asked, "{\"errcode\":61010}").said());
        assertThat(failure(rank())).isInstanceOf(WechatFailure.UserInactive.class);
    }

    @Test
    void where_wechat_wants_the_serial_in_requests_it_is_sent_from_then_on() {
        stage.wechat.says(
                RANK,
                asked -> SecuredStage.OWN_SERIAL.equals(asked.headers().get("wechatmp-serial"))
                        ? stage.answer(asked, "{\"risk_rank\":4}").said()
                        : Said.json("{\"errcode\":40230}"));
        assertThat(result(rank())).isEqualTo(4);
        assertThat(result(rank())).isEqualTo(4);
        assertThat(stage.wechat.asked(RANK)).hasSize(3);
        assertThat(Reading.SECURITY_WITH_REQUEST_SERIAL.hasBeenMet()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.miniplane.server.wechat.infrastructure.EveryCallTest#samples")
    void the_calls_of_the_list_are_secured_and_no_others(Sample sample) {
        stage.wechat.says(sample.endpoint().path(), "{\"errcode\":48001}");
        failure(sample.call().apply(stage.wechat));
        Asked asked = stage.wechat.asked(sample.endpoint().path()).getFirst();
        assertThat(asked.headers().containsKey("wechatmp-signature"))
                .isEqualTo(ApiSecurity.SECURABLE.containsValue(sample.endpoint()));
    }

    @Test
    void the_list_may_be_narrowed() {
        ApiSecuritySettings all = SecuredStage.settings();
        ApiSecuritySettings narrow = new ApiSecuritySettings(
                all.symmetricKey(),
                all.symmetricKeySerial(),
                all.signingKey(),
                all.signingKeySerial(),
                all.platformCertificate(),
                all.platformCertificateSerial(),
                all.cipher(),
                all.signature(),
                List.of(Endpoint.MSG_SEC_CHECK.path()));
        ApiSecurity security = new ApiSecurity(
                WechatStage.APP, "http://x", narrow, narrow.parsed(), () -> SecuredStage.NOW, Randomness.secure());
        assertThat(security.covers(WechatCall.post(Endpoint.MSG_SEC_CHECK, Map.of(), Errcodes::failure)))
                .isTrue();
        assertThat(security.covers(WechatCall.post(Endpoint.GETUSERRISKRANK, Map.of(), Errcodes::failure)))
                .isFalse();
    }

    @Test
    void keys_are_not_printed() {
        ApiSecuritySettings settings = SecuredStage.settings();
        assertThat("" + settings + settings.parsed())
                .doesNotContain(SecuredStage.SYMMETRIC)
                .doesNotContain("BEGIN");
    }
}
