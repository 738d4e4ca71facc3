package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WechatOutageIT {

    private static final String CODE_TO_SESSION = "/sns/jscode2session";
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(3500);
    private static final int HELD_BACK = 50301;
    private static final int CALLS_THAT_OPEN_THE_BREAKER = 12;

    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer("--miniplane.wechat.breaker-open-for=2s");
        // The first calls of a young server load classes, which is not what is measured here.
        logInAtOnce(CALLS_THAT_OPEN_THE_BREAKER);
        api.call("POST", Api.LOGIN, null, Map.of("code", "neverIssued"));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of(new Effect.Latency(Duration.ofSeconds(30)), 50301),
                Arguments.of(new Effect.Disconnect(false), 50301),
                Arguments.of(new Effect.Status(502), 50301),
                Arguments.of(new Effect.Errcode(-1, "system error"), 50301),
                Arguments.of(new Effect.Garbage("<html>oops</html>"), 50202),
                Arguments.of(new Effect.Garbage("{}"), 50202));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whileWechatIsIllLoginsAreRefusedInTimeAndAfterwardsTheyWorkByThemselves(Effect illness, int code) {
        await().atMost(Duration.ofSeconds(10)).until(WechatOutageIT::logInWorks);
        String token = api.logIn(backend.loginCode()).token();
        backend.simulator().control().inject(Fault.always(CODE_TO_SESSION, illness));

        List<Timed> answers = logInAtOnce(CALLS_THAT_OPEN_THE_BREAKER);
        answers.forEach(refused -> refusedInTime(refused, code, HELD_BACK));
        assertThat(answers).anyMatch(refused -> refused.answer().code() == code);
        long asked = backend.simulator().control().requests().count(CODE_TO_SESSION);
        Timed heldBack = logInAtOnce(1).getFirst();
        refusedInTime(heldBack, HELD_BACK);
        assertThat(heldBack.took()).isLessThan(Duration.ofSeconds(1));
        assertThat(heldBack.answer().response().headers().firstValue("Retry-After"))
                .contains("2");
        assertThat(backend.simulator().control().requests().count(CODE_TO_SESSION))
                .isEqualTo(asked);
        assertThat(api.managementStatus("/readyz")).isEqualTo(200);
        assertThat(api.me(token).status()).isEqualTo(200);

        backend.simulator().control().clearFaults();
        await().atMost(Duration.ofSeconds(10)).until(WechatOutageIT::logInWorks);
        for (int i = 0; i < CALLS_THAT_OPEN_THE_BREAKER; i++) {
            assertThat(logInWorks()).isTrue();
        }
    }

    @AfterEach
    void recover() {
        backend.simulator().control().clearFaults();
    }

    private static void refusedInTime(Timed refused, Integer... codes) {
        Answer answer = refused.answer();
        assertThat(refused.took()).isLessThan(LONGEST_ANSWER);
        assertThat(answer.code()).isIn((Object[]) codes);
        assertThat(answer.status()).isEqualTo(answer.code() / 100);
        assertThat(answer.response().headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
    }

    private static boolean logInWorks() {
        return logInAtOnce(1).getFirst().answer().status() == 200;
    }

    private static List<Timed> logInAtOnce(int times) {
        return Stream.generate(backend::loginCode).limit(times).map(WechatOutageIT::logIn).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static CompletableFuture<Timed> logIn(String code) {
        long start = System.nanoTime();
        return api.start("POST", Api.LOGIN, null, Map.of("code", code))
                .thenApply(answer -> new Timed(answer, Duration.ofNanos(System.nanoTime() - start)));
    }

    private record Timed(Answer answer, Duration took) {}
}
