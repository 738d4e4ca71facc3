package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayerRulesTest {

    private static final JavaClasses SERVER =
            new ClassFileImporter().withImportOption(LayerRules.MAIN_CODE).importPackages("io.miniplane.server");
    private static final JavaClasses TRESPASS = new ClassFileImporter().importPackages("io.miniplane.trespass");

    static Stream<String> rules() {
        return LayerRules.of("io.miniplane.server").keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theServerKeepsTheRule(String rule) {
        LayerRules.of("io.miniplane.server").get(rule).check(SERVER);
    }

    @ParameterizedTest
    @CsvSource({
        "domain, TrespassingOrder",
        "application, TrespassingUseCase",
        "stereotypes, TrespassingUseCase",
        "web, TrespassingRoutes",
        "closed, TrespassingRoutes",
        "closed, TrespassingRows",
        "values, TrespassingRows",
        "blocking, TrespassingRows.waits",
        "blocking, TrespassingRows.sleeps",
        "blocking, TrespassingRows.leaves",
        "blocking, VaultTransit.waitsForEver",
        "blocking, VaultTransit$Nested.waits",
        "blocking, VaultTransitNeighbour.waits",
        "blocking, TaskRunner.waitsForEver",
        "jdbc, TrespassingRows",
        "clients, TrespassingRows"
    })
    void theRuleCatchesCodeThatBreaksIt(String rule, String culprit) {
        EvaluationResult result =
                LayerRules.of("io.miniplane.trespass").get(rule).evaluate(TRESPASS);
        assertThat(result.getFailureReport().toString()).contains(culprit);
    }

    @Test
    void onlyVaultAndTheEndOfATaskAreWaitedForAndOnlyWithALimit() {
        EvaluationResult result =
                LayerRules.of("io.miniplane.trespass").get("blocking").evaluate(TRESPASS);
        assertThat(result.getFailureReport().toString())
                .doesNotContain("VaultTransit.waitsALittle", "TaskRunner.waitsALittle");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasBeenSeenToFail(String rule) {
        assertThat(LayerRules.of("io.miniplane.trespass")
                        .get(rule)
                        .evaluate(TRESPASS)
                        .hasViolation())
                .isTrue();
    }
}
