package io.miniplane.operator.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.operator.objects.Scaling.Metric;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan takes for granted of what only the operator knows. */
class ScalingTest {

    @ParameterizedTest
    @CsvSource({
        "External, false, NONE, EXTERNAL",
        "External, true, NONE, EXTERNAL",
        "Keda, true, NONE, KEDA",
        "Keda, false, EXTERNAL, NONE",
        "Auto, true, EXTERNAL, KEDA",
        "Auto, false, EXTERNAL, EXTERNAL",
        "Auto, false, NONE, NONE",
        "Operator, true, EXTERNAL, EXTERNAL",
        "Operator, true, NONE, NONE"
    })
    void theLiveAutoscalerTellsWhatTheOperatorDecided(String source, boolean hasKeda, Metric live, Metric foreseen) {
        MiniProgramBackend shop = Manifests.shopWith("source: Auto", "source: " + source);
        var workers = new WorkerAutoscaler().render(Manifests.backend(shop).scaled(new Scaling(1, live)));

        assertThat(Scaling.foreseen(shop, Optional.of(workers), hasKeda)).isEqualTo(new Scaling(1, foreseen));
    }

    @Test
    void eventsOfANewBackendAreCountedForItAndTheTierIsThatOfTheStatus() {
        MiniProgramBackend shop = Manifests.shop();
        assertThat(Scaling.foreseen(shop, Optional.empty(), false)).isEqualTo(new Scaling(1, Metric.EXTERNAL));

        MiniProgramBackend busy =
                Manifests.shopWith("\nspec:", "\nstatus: {api: {replicas: 8, readyReplicas: 8, tier: 2}}\nspec:");
        assertThat(Scaling.foreseen(busy, Optional.empty(), false).tier()).isEqualTo(2);
    }
}
