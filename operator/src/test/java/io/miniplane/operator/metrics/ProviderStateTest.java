package io.miniplane.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.crd.v1alpha1.Queue.Source;
import io.miniplane.operator.metrics.ProviderState.Registration;
import org.junit.jupiter.api.Test;

class ProviderStateTest {

    private static final ProviderState NOBODY = new ProviderState(new Registration.Absent(), true);
    private static final ProviderState OURS = new ProviderState(new Registration.Ours(true), true);
    private static final ProviderState OTHERS = new ProviderState(new Registration.Others("Service a/b"), true);

    @Test
    void ofItselfTheOperatorServesOnlyWhereNobodyElseDoes() {
        assertThat(NOBODY.resolve(Source.AUTO, false)).isInstanceOf(MetricSource.Operator.class);
        assertThat(OURS.resolve(Source.AUTO, false)).isInstanceOf(MetricSource.Operator.class);
        assertThat(OTHERS.resolve(Source.AUTO, false)).isInstanceOf(MetricSource.External.class);
    }

    @Test
    void aProviderOfTheTeamsOwnIsAskedWhoeverIsRegistered() {
        assertThat(NOBODY.resolve(Source.EXTERNAL, false)).isInstanceOf(MetricSource.External.class);
        assertThat(OURS.resolve(Source.EXTERNAL, false)).isInstanceOf(MetricSource.External.class);
    }

    @Test
    void whatCannotBeHadIsSaidWithTheCure() {
        assertThat(OTHERS.resolve(Source.OPERATOR, false))
                .asString()
                .contains("OtherProvider", "Service a/b", "set spec.worker");
        assertThat(new ProviderState(new Registration.Absent(), false).resolve(Source.AUTO, false))
                .asString()
                .contains("OutsideOfCluster", "POD_NAMESPACE");
        assertThat(new ProviderState(new Registration.Unreadable(), true).resolve(Source.AUTO, false))
                .asString()
                .contains("NoRights", "ClusterRole");
        assertThat(NOBODY.resolve(Source.KEDA, false)).asString().contains("KedaMissing", "install it");
        assertThat(new ProviderState(new Registration.Absent(), false).resolve(Source.KEDA, true))
                .asString()
                .contains("OutsideOfCluster", "POD_NAMESPACE");
    }

    @Test
    void kedaIsAskedWhereItIsInstalledUnlessSomebodyElseIsNamed() {
        assertThat(NOBODY.resolve(Source.KEDA, true)).isInstanceOf(MetricSource.Keda.class);
        assertThat(OTHERS.resolve(Source.AUTO, true)).isInstanceOf(MetricSource.Keda.class);
        assertThat(NOBODY.resolve(Source.OPERATOR, true)).isInstanceOf(MetricSource.Operator.class);
        assertThat(OTHERS.resolve(Source.EXTERNAL, true)).isInstanceOf(MetricSource.External.class);
    }
}
