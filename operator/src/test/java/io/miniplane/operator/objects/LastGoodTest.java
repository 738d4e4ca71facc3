package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.BackendManifest;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastGoodTest {

    private static final Credentials CREDENTIALS = new Credentials(Map.of(Credentials.APP_SECRET, "s3cret"));

    private final MiniProgramBackend shop = shop();
    private final LastGood good =
            LastGood.of(new Backend(shop, "server:1", CREDENTIALS), "v1", Map.of("v2", new Failure("Crash", "why")));

    @Test
    void whatIsWrittenIsReadAgain() {
        LastGood read = LastGood.read(good.text()).orElseThrow();

        assertThat(read).isEqualTo(good);
        assertThat(read.over(shop)).isEqualTo(new Backend(read.over(shop).resource(), "server:1", CREDENTIALS));
        assertThat(Serialization.asJson(read.over(shop).spec())).isEqualTo(Serialization.asJson(shop.getSpec()));
    }

    @Test
    void whereAVersionOnTrialStandsIsWrittenToo() {
        var trial = new Trial("v3", 1, Instant.parse("2026-11-29T10:00:00.123Z"), "now", false);

        assertThat(LastGood.read(good.trying(trial).text()).orElseThrow().trial())
                .isEqualTo(trial);
        assertThat(good.text()).doesNotContain("trial\"");
        assertThat(good.trying(trial).text()).contains("2026-11-29T10:00:00.123Z");
    }

    @Test
    void somethingElseIsNoMemory() {
        assertThat(LastGood.read("{}")).isEmpty();
        assertThat(LastGood.read("nonsense")).isEmpty();
        assertThat(LastGood.read("{\"version\": \"v1\", \"spec\": 3}")).isEmpty();
    }

    @Test
    void whatPodsAreMadeOfGoesBackAndWhatIsFollowedAtOnceDoesNot() {
        MiniProgramBackend now = changed(
                "\"percentage\":10", "\"percentage\":0",
                "\"environment\":\"prod\"", "\"environment\":\"staging\"",
                "\"max\":20", "\"max\":50",
                "\"cpu\":\"500m\"", "\"cpu\":\"4\"");

        Backend before = good.over(now);

        assertThat(before.spec().environment()).isEqualTo(shop.getSpec().environment());
        assertThat(before.spec().api().resources())
                .isEqualTo(shop.getSpec().api().resources());
        assertThat(before.spec().features()).isEqualTo(now.getSpec().features());
        assertThat(before.spec().api().replicas().max()).isEqualTo(50);
        assertThat(before.resource().getMetadata()).isSameAs(now.getMetadata());
    }

    @Test
    void whatIsFollowedAtOnceIsNoReasonToWriteTheMemoryAnew() {
        MiniProgramBackend now = changed("\"percentage\":10", "\"percentage\":0");

        assertThat(LastGood.of(new Backend(now, "server:1", CREDENTIALS), "v1", good.failures()))
                .isEqualTo(good);
    }

    @Test
    void credentialsAreNotPrinted() {
        assertThat(good.toString()).doesNotContain("s3cret");
    }

    private MiniProgramBackend changed(String... replacements) {
        String text = Serialization.asJson(shop);
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return Serialization.unmarshal(text, MiniProgramBackend.class);
    }

    private static MiniProgramBackend shop() {
        try (var file = Files.newInputStream(Path.of("../examples/shop.yaml"))) {
            return BackendManifest.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
