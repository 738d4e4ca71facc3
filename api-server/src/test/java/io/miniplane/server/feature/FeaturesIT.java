package io.miniplane.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Configuration;

class FeaturesIT {

    private static final String FEATURES = "/api/v1/features";
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private static Backend backend;
    private static MountedFlags flags;
    private static Api first;
    private static Api second;
    private static Spans spans;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        backend = new Backend(Files.createDirectory(folder.resolve("keys")));
        flags = new MountedFlags(
                Files.createDirectory(folder.resolve("config")), MountedFlags.same("newCheckout", false));
        String file = "--miniplane.features.file=" + flags.file();
        first = backend.startServerWith(
                new Class<?>[] {Spans.class}, file, "--miniplane.observability.sampling-ratio=1");
        second = backend.startServer(file);
        spans = first.context().getBean(Spans.class);
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aUserReadsEveryFeatureAndAChangeHoldsOnEveryServerWithinTwoSeconds() {
        Tokens user = first.logIn(backend.loginCode());
        flags.replace(MountedFlags.same("newCheckout", true));
        for (Api server : List.of(first, second)) {
            await().atMost(WITHIN)
                    .untilAsserted(() -> assertThat(features(server, user))
                            .isEqualTo("[{\"name\":\"newCheckout\",\"value\":true,\"variant\":\"on\"}]"));
        }
        flags.replace(MountedFlags.variants("colour", 99));
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(features(first, user)).contains("\"name\":\"colour\",\"value\":\"#"));
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(features(second, user)).isEqualTo(features(first, user)));
    }

    @Test
    void aListedOpenIdIsInAndAnotherIsNot() {
        String openId = backend.newOpenId();
        Tokens listed = first.logIn(backend.loginCode(openId));
        Tokens other = first.logIn(backend.loginCode());
        flags.replace(MountedFlags.list("newCheckout", openId));
        await().atMost(WITHIN).until(() -> features(first, listed).contains("true"));
        assertThat(features(first, other)).contains("false");
        assertThat(isOn(listed)).isTrue();
        assertThat(isOn(other)).isFalse();
        first.call("DELETE", Api.ME, listed.token(), null);
        assertThat(isOn(listed)).isFalse();
    }

    @Test
    void everyEvaluationStandsOnTheSpanOfTheRequestWithoutTheUser() {
        String openId = backend.newOpenId();
        Tokens user = first.logIn(backend.loginCode(openId));
        flags.replace(MountedFlags.list("spanned", openId));
        await().atMost(WITHIN).until(() -> features(first, user).contains("spanned"));
        EventData event = await().until(
                        () -> spans.ended.stream()
                                .filter(span -> span.getName().contains(FEATURES))
                                .flatMap(span -> span.getEvents().stream())
                                .filter(each -> "spanned"
                                        .equals(each.getAttributes().get(AttributeKey.stringKey("feature_flag.key"))))
                                .findFirst()
                                .orElse(null),
                        each -> each != null);
        assertThat(event.getName()).isEqualTo("feature_flag.evaluation");
        assertThat(event.getAttributes().asMap())
                .isEqualTo(Map.of(
                        AttributeKey.stringKey("feature_flag.key"), "spanned",
                        AttributeKey.stringKey("feature_flag.provider.name"), "flagd",
                        AttributeKey.stringKey("feature_flag.result.variant"), "on",
                        AttributeKey.stringKey("feature_flag.result.reason"), "targeting_match"));
        assertThat(spans.ended.toString()).doesNotContain(openId);
        assertThat(first.metrics())
                .containsPattern("miniplane_feature_evaluations_total\\{[^}]*feature=\"spanned\"[^}]*variant=\"on\"")
                .doesNotContain(openId);
    }

    private static boolean isOn(Tokens user) {
        return Boolean.TRUE.equals(first.context()
                .getBean(Features.class)
                .isOn(new UserId(UUID.fromString(user.userId())), "newCheckout")
                .block(WITHIN));
    }

    private static String features(Api server, Tokens user) {
        Answer answer = server.call("GET", FEATURES, user.token(), null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.data().toString();
    }

    /** Keeps the spans of a server. */
    @Configuration(proxyBeanMethods = false)
    static class Spans implements SpanProcessor {

        private final List<SpanData> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
