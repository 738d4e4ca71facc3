package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.miniplane.crd.v1alpha1.ResourceAmounts;
import io.miniplane.crd.v1alpha1.Resources;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** CPU and memory of a server: as asked for, and enough to start and to be autoscaled where nothing is asked for. */
final class ContainerResources {

    private static final Quantity CPU = new Quantity("250", "m");
    private static final Quantity MEMORY = new Quantity("512", "Mi");
    private static final Quantity MOST_MEMORY = new Quantity("1", "Gi");

    private ContainerResources() {}

    static ResourceRequirements of(Resources wanted) {
        var limits = amounts(wanted.limits());
        var requests = amounts(wanted.requests());
        requests.putIfAbsent("cpu", limits.getOrDefault("cpu", CPU));
        requests.putIfAbsent("memory", limits.getOrDefault("memory", MEMORY));
        limits.putIfAbsent("memory", larger(requests.getOrDefault("memory", MEMORY), MOST_MEMORY));
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(limits)
                .build();
    }

    private static Map<String, Quantity> amounts(ResourceAmounts wanted) {
        var amounts = new TreeMap<String, Quantity>();
        put(amounts, "cpu", wanted.cpu());
        put(amounts, "memory", wanted.memory());
        return amounts;
    }

    private static void put(Map<String, Quantity> amounts, String name, @Nullable Quantity amount) {
        if (amount != null) {
            amounts.put(name, CanonicalQuantity.of(amount));
        }
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) > 0 ? one : other;
    }
}
