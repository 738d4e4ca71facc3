package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.wechat.PushSender.Letter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PushStormIT {

    private static final int DISTINCT = 10_000;
    private static final int DELIVERIES = 3;
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String[] QUICK = {
        "--miniplane.events.first-retry=50ms", "--miniplane.events.longest-retry=500ms",
                "--miniplane.events.attempts=100",
        "--miniplane.events.lease=2s", "--miniplane.events.poll=200ms", "--miniplane.events.handler-timeout=2s"
    };

    private Backend backend;
    private Api one;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        one = server(PushTrial.Failing.class, "Compatible");
        backend.execute("CREATE TABLE storm (message text)");
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void everyMessageOfAStormIsHandledOnceAndAnsweredWithinASecond() {
        List<Api> servers = List.of(one, server(PushTrial.Failing.class, "Compatible"));
        warmUp(servers);
        List<Letter> letters = shuffled(PushStormIT::inOneOfItsForms);
        long start = System.nanoTime();
        List<Answer> answers = sendAll(servers, letters);
        report(answers, Duration.ofNanos(System.nanoTime() - start));
        assertThat(answers)
                .hasSizeGreaterThanOrEqualTo(DISTINCT * DELIVERIES)
                .allSatisfy(answer -> assertThat(answer.millis()).isLessThan(1000));
        awaitEffects(DISTINCT);
    }

    @Test
    void whatAKilledServerHadInHandIsDoneByTheOther() throws Exception {
        try (ServerProcess other = process()) {
            Api killed = api(other);
            List<Letter> letters = IntStream.range(0, 2000)
                    .mapToObj(PushStormIT::inOneOfItsForms)
                    .toList();
            sendAll(List.of(one, killed), letters.subList(0, 1500));
            await().atMost(PATIENCE)
                    .until(() ->
                            backend.rows("SELECT DISTINCT claimed_by FROM queue_messages WHERE claimed_by IS NOT NULL")
                                                    .size()
                                            == 2
                                    || effects() >= 1500);
            other.kill();
            sendAll(List.of(one), letters.subList(1500, 2000));
        }
        awaitEffects(2000);
    }

    @Test
    void aServerThatIsStoppedMidwayLosesNothing() throws Exception {
        try (ServerProcess other = process()) {
            List<Letter> letters = IntStream.range(0, 2000)
                    .mapToObj(PushStormIT::inOneOfItsForms)
                    .toList();
            sendAll(List.of(one, api(other)), letters.subList(0, 1000));
            other.terminate();
            sendAll(List.of(one), letters.subList(1000, 2000));
            assertThat(other.exitCode()).isEqualTo(143);
        }
        awaitEffects(2000);
    }

    @Test
    void handlersThatNeverEndDelayNoAnswer() {
        Api stuck = server(PushTrial.Hanging.class, "Safe");
        warmUp(List.of(stuck));
        List<Answer> answers = sendAll(
                List.of(stuck),
                IntStream.range(0, 500)
                        .mapToObj(number -> PushSender.safe(text(number)))
                        .toList());
        assertThat(answers).allSatisfy(answer -> assertThat(answer.millis()).isLessThan(1000));
        assertThat(stuck.call("GET", "/.well-known/jwks.json", null, null).status())
                .isEqualTo(200);
    }

    @Test
    void whatNoRetryHelpsIsADeadLetterThatQuotesNothing() {
        Api broken = backend.startServerWith(
                new Class<?>[] {PushTrial.Broken.class},
                PushSender.settings("Safe", "--miniplane.events.first-retry=20ms", "--miniplane.events.attempts=3"));
        await().atMost(PATIENCE)
                .until(() -> !backend.rows("SELECT * FROM event_subscriptions WHERE queue = 'wechat-push.broken'")
                        .isEmpty());
        PushSender.deliver(broken, PushSender.safe(PushIT.text("1", "private")));
        await().atMost(PATIENCE).until(() -> !dead().isEmpty());
        assertThat(dead()).isEqualTo(List.of("java.lang.IllegalArgumentException after 3"));
        await().atMost(PATIENCE)
                .until(() -> broken.metrics()
                        .lines()
                        .anyMatch(line -> line.startsWith("miniplane_dead_letters{")
                                && line.contains("wechat-push.broken")
                                && line.endsWith(" 1.0")));
    }

    private Api server(Class<?> handlers, String mode) {
        return backend.startServerWith(new Class<?>[] {handlers}, PushSender.settings(mode, QUICK));
    }

    private ServerProcess process() throws IOException {
        return new ServerProcess(
                PushTrial.Program.class, List.of(backend.arguments(PushSender.settings("Compatible", QUICK))));
    }

    private Api api(ServerProcess server) {
        return new Api(URI.create("http://127.0.0.1:" + server.port()), one.context());
    }

    private List<String> dead() {
        return backend
                .rows(
                        "SELECT last_error || ' after ' || attempts AS what FROM queue_messages WHERE dead_at IS NOT NULL")
                .stream()
                .map(row -> row.get("what").toString())
                .toList();
    }

    private void awaitEffects(int distinct) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> effects() >= distinct
                        && backend.rows("SELECT * FROM queue_messages WHERE queue = 'wechat-push.failing'")
                                .isEmpty());
        assertThat(backend.rows("SELECT message FROM storm GROUP BY message HAVING count(*) > 1"))
                .isEmpty();
        assertThat(effects()).isEqualTo(distinct);
        assertThat(backend.rows("SELECT DISTINCT message FROM storm")).hasSize(distinct);
    }

    private long effects() {
        return (long) backend.rows("SELECT count(*) AS n FROM storm").getFirst().get("n");
    }

    private static void warmUp(List<Api> servers) {
        sendAll(
                servers,
                IntStream.range(0, 400)
                        .mapToObj(number -> PushSender.safe("{\"MsgType\":\"warm\",\"n\":" + number + "}"))
                        .toList());
    }

    /** Three deliveries of each message far from each other, every tenth of them twice. */
    private static List<Letter> shuffled(IntFunction<Letter> writer) {
        Random random = new Random(7);
        List<Integer> numbers = new ArrayList<>();
        IntStream.range(0, DISTINCT).forEach(number -> {
            int times = DELIVERIES + (number % 10 == 0 ? 1 : 0);
            IntStream.range(0, times).forEach(time -> numbers.add(number));
        });
        Collections.shuffle(numbers, random);
        return numbers.stream().map(writer::apply).toList();
    }

    private static Letter inOneOfItsForms(int number) {
        String json = text(number);
        return switch (Math.floorMod(PushSender.nonce().hashCode(), 4)) {
            case 0 -> PushSender.plain(json);
            case 1 -> PushSender.plain(xml(number));
            case 2 -> PushSender.safe(xml(number));
            default -> PushSender.safe(json);
        };
    }

    private static String text(int number) {
        return PushIT.text(Integer.toString(5_000_000 + number), "message " + number);
    }

    private static String xml(int number) {
        return "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName>oSomebody</FromUserName><CreateTime>1714112445</CreateTime>"
                + "<MsgType>text</MsgType><Content>message " + number + "</Content><MsgId>" + (5_000_000 + number)
                + "</MsgId></xml>";
    }

    /** As WeChat does: what is answered otherwise than by success is delivered again a little later, by another server perhaps. */
    private static List<Answer> sendAll(List<Api> servers, List<Letter> letters) {
        return Flux.range(0, letters.size())
                .flatMap(index -> deliveries(servers, index, letters.get(index)), AT_ONCE)
                .collectList()
                .block(PATIENCE);
    }

    private static Flux<Answer> deliveries(List<Api> servers, int index, Letter letter) {
        return answer(servers.get(index % servers.size()), letter)
                .flatMapMany(answer -> answer.isSuccess()
                        ? Flux.just(answer)
                        : Flux.just(answer)
                                .concatWith(Mono.delay(Duration.ofMillis(200))
                                        .thenMany(Flux.defer(() -> deliveries(servers, index + 1, letter)))));
    }

    private static Mono<Answer> answer(Api server, Letter letter) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return Mono.fromFuture(() -> PushSender.start(server, letter))
                    .map(answer ->
                            new Answer(answer.body().equals("success"), (System.nanoTime() - start) / 1_000_000));
        });
    }

    private static void report(List<Answer> answers, Duration took) {
        List<Long> times = answers.stream().map(Answer::millis).sorted().toList();
        System.out.printf(
                "PUSH STORM: %d deliveries in %d ms (%d/s), %d to come again, answered within ms: p50 %d, p95 %d, p99 %d,"
                        + " p99.9 %d, longest %d%n",
                times.size(),
                took.toMillis(),
                times.size() * 1000L / took.toMillis(),
                answers.stream().filter(answer -> !answer.isSuccess()).count(),
                at(times, 0.5),
                at(times, 0.95),
                at(times, 0.99),
                at(times, 0.999),
                times.getLast());
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * share)));
    }

    record Answer(boolean isSuccess, long millis) {}
}
