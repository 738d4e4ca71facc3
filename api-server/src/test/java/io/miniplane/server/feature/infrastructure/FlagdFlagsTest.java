package io.miniplane.server.feature.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.miniplane.server.feature.MountedFlags;
import io.miniplane.server.feature.application.Flags.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class FlagdFlagsTest {

    private static final String NAME = "newCheckout";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> USERS = IntStream.range(0, 10_000)
            .mapToObj("o6_bmjrPTlm6_2sgVt7hMZOPf%05d"::formatted)
            .toList();

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<FlagdFlags> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(FlagdFlags::close);
    }

    @Test
    void whoIsInStaysInWhenTheShareGrows() {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.same(NAME, false));
        FlagdFlags flags = start(mounted.file());
        Set<String> before = insiders(flags);
        assertThat(before).isEmpty();
        for (int percentage : new int[] {1, 2, 3, 5, 10, 20, 33, 34, 50, 75, 90, 99}) {
            mounted.replace(MountedFlags.share(NAME, percentage));
            awaitChange(flags, before.size());
            Set<String> now = insiders(flags);
            assertThat(now).as("at %d %%", percentage).containsAll(before);
            assertThat((double) now.size()).isCloseTo(percentage * 100.0, withinPercentage(percentage < 10 ? 25 : 5));
            before = now;
        }
        mounted.replace(MountedFlags.same(NAME, true));
        awaitChange(flags, before.size());
        assertThat(insiders(flags)).hasSameSizeAs(USERS);
    }

    @Test
    void everyServerPicksTheSameUsers() {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.share(NAME, 30));
        assertThat(insiders(start(mounted.file()))).isNotEmpty().isEqualTo(insiders(start(mounted.file())));
    }

    @Test
    void twoFeaturesOfOneShareHaveDifferentUsers() throws Exception {
        Path file = folder.resolve("flags.json");
        Files.writeString(file, MountedFlags.share(NAME, 10));
        Set<String> first = insiders(start(file));
        Files.writeString(file, MountedFlags.share("other", 10));
        Set<String> second = insiders(start(file), "other");
        second.retainAll(first);
        assertThat(second).as("users who have both, of 1,000 each").hasSizeBetween(50, 150);
    }

    @Test
    void aListedUserIsInWhateverTheShare() {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.list(NAME, USERS.get(7)));
        FlagdFlags flags = start(mounted.file());
        assertThat(insiders(flags)).containsExactly(USERS.get(7));
        mounted.replace(MountedFlags.share(NAME, 1, USERS.get(7)));
        await().atMost(PATIENCE)
                .until(() -> isOn(flags, USERS.get(7)) && insiders(flags).size() > 1);
    }

    @Test
    void whoHasAVariantKeepsItWhenTheShareGrows() {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.variants(NAME, 20));
        FlagdFlags flags = start(mounted.file());
        Map<String, Object> before = coloured(flags);
        mounted.replace(MountedFlags.variants(NAME, 60));
        await().atMost(PATIENCE).until(() -> coloured(flags).size() > before.size());
        Map<String, Object> now = coloured(flags);
        assertThat(before.values()).contains("#c00", "#00c");
        assertThat(now).containsAllEntriesOf(before);
        assertThat((double) now.size()).isCloseTo(6_000, withinPercentage(5));
        assertThat((double) now.values().stream().filter("#c00"::equals).count())
                .isCloseTo(3_000, withinPercentage(8));
    }

    @Test
    void aSwapOfTheMountedConfigMapHoldsWithinTwoSeconds() {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.same(NAME, false));
        FlagdFlags flags = start(new FeatureSettings(mounted.file(), Duration.ofSeconds(1)));
        for (boolean on : new boolean[] {true, false, true}) {
            mounted.replace(MountedFlags.same(NAME, on));
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> isOn(flags, USERS.getFirst()) == on);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"flags\":",
                "[]",
                "{\"flag\":{}}",
                "{\"flags\":{\"newCheckout\":{}}}",
                "{\"flags\":{\"newCheckout\":null}}",
                "{\"flags\":{\"new checkout\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\"}}}",
                "{\"flags\":{\"newCheckout\":{\"state\":\"ON\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\"}}}",
                "{\"flags\":{\"newCheckout\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"off\"}}}",
                "{\"flags\":{\"newCheckout\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true}}}}",
                "{\"flags\":{\"newCheckout\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":\"no\"},\"defaultVariant\":\"on\"}}}",
                "{\"flags\":{\"newCheckout\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\",\"targeting\":{\"perhaps\":[1]}}}}",
                "{\"flags\":{\"newCheckout\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true},\"defaultVariant\":\"on\",\"targeting\":{\"if\":[true,\"blue\"]}}}}"
            })
    void aBrokenFileLeavesTheFlagsAsTheyWereAndIsCounted(String broken) {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.same(NAME, true));
        FlagdFlags flags = start(mounted.file());
        assertThat(broken()).isZero();
        mounted.replace(broken);
        await().atMost(PATIENCE).until(() -> broken() == 1 && stale() == 1);
        assertThat(isOn(flags, USERS.getFirst())).isTrue();
        mounted.replace(MountedFlags.same(NAME, false));
        await().atMost(PATIENCE).until(() -> !isOn(flags, USERS.getFirst()));
        assertThat(stale()).isZero();
    }

    @Test
    void aFileThatGoesLeavesTheFlagsAndOneThatComesIsRead() throws Exception {
        Path file = folder.resolve("flags.json");
        FlagdFlags flags = start(file);
        assertThat(isOn(flags, USERS.getFirst())).isFalse();
        assertThat(broken()).isZero();
        Files.writeString(file, MountedFlags.same(NAME, true));
        await().atMost(PATIENCE).until(() -> isOn(flags, USERS.getFirst()));
        Files.delete(file);
        await().atMost(PATIENCE).until(() -> stale() == 1);
        assertThat(isOn(flags, USERS.getFirst())).isTrue();
        Files.writeString(file, MountedFlags.same(NAME, true));
        await().atMost(PATIENCE).until(() -> stale() == 0);
    }

    @Test
    void withoutAFileThereAreNoFlags() {
        FlagdFlags flags = start(new FeatureSettings(null, Duration.ofSeconds(1)));
        assertThat(isOn(flags, USERS.getFirst())).isFalse();
        assertThat(flags.all(USERS.getFirst()).collectList().block(PATIENCE)).isEmpty();
    }

    @Test
    void onlyARuleAsksForTheUser() {
        MountedFlags mounted = new MountedFlags(folder, MountedFlags.share(NAME, 10));
        assertThat(start(mounted.file()).picksUsers(NAME)).isTrue();
        mounted.replace(MountedFlags.same(NAME, true));
        FlagdFlags flags = start(mounted.file());
        assertThat(flags.picksUsers(NAME)).isFalse();
        assertThat(flags.picksUsers("nothing")).isFalse();
        assertThat(isOn(flags, "")).isTrue();
    }

    @Test
    void evaluationsAreCountedByFeatureAndVariantAndUnknownNamesAreOne() {
        FlagdFlags flags = start(new MountedFlags(folder, MountedFlags.same(NAME, true)).file());
        assertThat(counted(NAME, "on")).isZero();
        assertThat(counted(NAME, "off")).isZero();
        isOn(flags, USERS.getFirst());
        flags.isOn("a", "").block(PATIENCE);
        flags.isOn("b", "").block(PATIENCE);
        assertThat(counted(NAME, "on")).isEqualTo(1);
        assertThat(counted("unknown", "none")).isEqualTo(2);
    }

    @Test
    void anEventLoopIsNotHeldUp() {
        BlockHound.install();
        FlagdFlags flags = start(new MountedFlags(folder, MountedFlags.share(NAME, 50)).file());
        List<Setting> settings = Flux.fromIterable(USERS.subList(0, 200))
                .flatMap(
                        user -> flags.isOn(NAME, user).thenMany(flags.all(user)).subscribeOn(Schedulers.parallel()))
                .collectList()
                .block(PATIENCE);
        assertThat(settings).hasSize(200);
    }

    @Test
    void nothingOfItRunsOnAfterTheEnd() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        FlagdFlags flags = start(new MountedFlags(folder, MountedFlags.same(NAME, true)).file());
        assertThat(newThreads(before)).isNotEmpty();
        flags.close();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    }

    private FlagdFlags start(Path file) {
        return start(new FeatureSettings(file, Duration.ofMillis(50)));
    }

    private FlagdFlags start(FeatureSettings settings) {
        FlagMeters counters = new FlagMeters(meters);
        FlagFile file = new FlagFile(settings, counters);
        FlagdFlags flags = new FlagdFlags(file, new EvaluationNotes(file, counters));
        started.add(flags);
        return flags;
    }

    private static void awaitChange(FlagdFlags flags, int before) {
        await().atMost(PATIENCE).until(() -> insiders(flags).size() > before);
    }

    private static Set<String> insiders(FlagdFlags flags) {
        return insiders(flags, NAME);
    }

    private static Set<String> insiders(FlagdFlags flags, String name) {
        Set<String> insiders = new HashSet<>();
        USERS.stream()
                .filter(user -> Boolean.TRUE.equals(flags.isOn(name, user).block(PATIENCE)))
                .forEach(insiders::add);
        return insiders;
    }

    private static Map<String, Object> coloured(FlagdFlags flags) {
        Map<String, Object> values = new TreeMap<>();
        USERS.forEach(user -> flags.all(user)
                .filter(setting -> !setting.variant().equals("plain"))
                .toStream()
                .forEach(setting -> values.put(user, setting.value())));
        return values;
    }

    private static boolean isOn(FlagdFlags flags, String user) {
        return Objects.requireNonNull(flags.isOn(NAME, user).block(PATIENCE));
    }

    /** Threads that a pool will end by itself do not count: they are idle for a minute. */
    private static List<String> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("Thread-") || name.equals("features"))
                .toList();
    }

    private double broken() {
        return meters.get("miniplane.feature.file.failures").counter().count();
    }

    private double stale() {
        return meters.get("miniplane.feature.file.stale").gauge().value();
    }

    private double counted(String name, String variant) {
        return meters.get("miniplane.feature.evaluations")
                .tags("feature", name, "variant", variant)
                .counter()
                .count();
    }
}
