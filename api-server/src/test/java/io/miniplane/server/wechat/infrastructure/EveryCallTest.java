package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.everythingSaidBy;
import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Asked;
import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Said;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

class EveryCallTest {

    private final ScriptedWechat wechat = new ScriptedWechat();

    @AfterEach
    void stop() {
        wechat.close();
    }

    static List<Sample> samples() {
        return Sample.all();
    }

    @Test
    void no_call_is_without_a_sample_and_no_path_is_called_twice_by_two_names() {
        Set<Endpoint> sampled = samples().stream().map(Sample::endpoint).collect(Collectors.toSet());
        assertThat(sampled).isEqualTo(EnumSet.complementOf(EnumSet.of(Endpoint.STABLE_TOKEN)));
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::path)).doesNotHaveDuplicates();
        // What the team's own container calls is no endpoint of ours.
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::group).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(CallGroup.CONTAINER)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_call_looks_as_wechat_wants_it_and_its_answer_is_understood(Sample sample) {
        says(sample);
        assertThat((Object) result(sample.call().apply(wechat))).isEqualTo(sample.answer());
        Asked asked = wechat.asked(sample.endpoint().path()).getFirst();
        assertThat(asked.method() + " " + ownQuery(asked) + " " + ownBody(asked))
                .isEqualTo(sample.request());
        assertThat(asked.query().contains("access_token=" + ScriptedWechat.TOKEN))
                .isEqualTo(sample.endpoint() != Endpoint.JSCODE2SESSION);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_call_is_timed_traced_and_guarded_by_its_group(Sample sample) {
        says(sample);
        result(sample.call().apply(wechat));
        assertThat(meter(sample, "ok")).isEqualTo(1);
        assertThat(wechat.spans)
                .filteredOn(span -> String.valueOf(span.getContextualName())
                        .endsWith(" " + sample.endpoint().path()))
                .singleElement()
                .isInstanceOfSatisfying(
                        SenderContext.class, span -> assertThat(span.getKind()).isEqualTo(Kind.CLIENT));
        assertThat(wechat.meters
                        .get("resilience4j.circuitbreaker.calls")
                        .tags("name", sample.endpoint().group().id(), "kind", "successful")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_busy_wechat_is_asked_again(Sample sample) {
        says(sample, "{\"errcode\":-1,\"errmsg\":\"system busy\"}");
        WechatFailure failure = failure(sample.call().apply(wechat));
        assertThat(failure.errcode()).isEqualTo(-1);
        assertThat(wechat.asked(sample.endpoint().path())).hasSize(3);
        assertThat(meter(sample, "unavailable")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void only_what_does_no_harm_twice_is_repeated_when_it_is_not_known_what_happened(Sample sample) {
        wechat.says(sample.endpoint().path(), asked -> new Said(503, Map.of(), new byte[0]));
        assertThat(failure(sample.call().apply(wechat))).isInstanceOf(WechatFailure.Unavailable.class);
        assertThat(wechat.asked(sample.endpoint().path()))
                .hasSize(sample.endpoint().isHarmless() ? 3 : 1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_call_that_fails_says_nothing_that_it_was_given(Sample sample) {
        StringBuilder said = new StringBuilder();
        for (String answer : List.of("{\"errcode\":40125,\"errmsg\":\"x\"}", "{}", "oops", "{\"errcode\":48001}")) {
            says(sample, answer);
            sample.call()
                    .apply(wechat)
                    .onErrorResume(failure -> {
                        said.append(everythingSaidBy(failure));
                        return Mono.empty();
                    })
                    .block();
        }
        wechat.spans.forEach(span -> said.append(span).append(span.getAllKeyValues()));
        wechat.meters.getMeters().forEach(meter -> said.append(meter.getId()));
        assertThat(said.toString())
                .contains("50201")
                .doesNotContain(
                        WechatStage.SECRET,
                        ScriptedWechat.TOKEN,
                        Sample.OPEN_ID,
                        Sample.CODE,
                        Sample.KEY.reveal(),
                        "13800001234",
                        "138****1234");
    }

    private void says(Sample sample) {
        says(sample, sample.reply());
    }

    private void says(Sample sample, String reply) {
        boolean picture = reply.startsWith("\u0089");
        byte[] bytes = reply.getBytes(picture ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        String type = picture ? "image/png" : "text/plain";
        wechat.says(sample.endpoint().path(), asked -> new Said(200, Map.of("Content-Type", type), bytes));
    }

    private long meter(Sample sample, String outcome) {
        return wechat.meters
                .get("miniplane.wechat.request")
                .tags("api", sample.endpoint().api(), "outcome", outcome)
                .timer()
                .count();
    }

    private static String ownQuery(Asked asked) {
        return Arrays.stream(asked.query().split("&"))
                .filter(parameter -> !parameter.startsWith("access_token="))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String ownBody(Asked asked) {
        boolean form = asked.headers().getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded");
        return form ? Arrays.stream(asked.body().split("&")).sorted().collect(Collectors.joining("&")) : asked.body();
    }
}
