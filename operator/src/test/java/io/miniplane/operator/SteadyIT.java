package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the operator costs an API server while nothing happens, by the audit log of that server. The Lease by which operators take turns is
 * left out: it is renewed every two seconds however many backends there are.
 */
class SteadyIT {

    private static final int BACKENDS = 50;
    private static final Duration STEADY = Duration.ofSeconds(Integer.getInteger("miniplane.steady.seconds", 20));
    private static final Map<String, String> ELECTING = Map.of(
            "MINIPLANE_LEADER_ELECTION", "true",
            "MINIPLANE_LEASE_NAMESPACE", "miniplane-system",
            "MINIPLANE_EXTERNAL_METRICS_PORT", "0",
            "POD_NAMESPACE", "miniplane-system",
            "POD_NAME", "steady");

    @Test
    void fiftyBackendsOfEveryKindAtRestCostNoWriteAndNoList() throws InterruptedException {
        try (var plane = ControlPlane.start();
                var _ = new FakeNode(plane.admin())) {
            OptionalDefinitions.install(plane.admin(), OptionalDefinitions.ALL);
            try (var _ = RunningOperator.on(plane, ELECTING)) {
                List<Shop> shops = IntStream.range(0, BACKENDS)
                        .mapToObj(number ->
                                Shop.in(plane, "steady-" + number).withSecrets().applied())
                        .toList();
                shops.forEach(shop ->
                        shop.patch("{mesh: {istio: {enabled: true}}, reports: {monthly: {schedule: 0 3 1 * *}}}"));
                shops.forEach(Shop::ready);
                List<String> writes = onceQuiet(plane.audit());
                List<String> lists = plane.audit().operatorLists();
                assertThat(writes).as("what the log would show").hasSizeGreaterThan(BACKENDS * 15);
                assertThat(lists).as("what the log would show").isNotEmpty();

                shops.forEach(shop -> shop.annotate("example.org/look", "again"));
                Thread.sleep(STEADY);

                assertThat(since(writes, plane.audit().operatorWrites()))
                        .as("writes")
                        .isEmpty();
                assertThat(since(lists, plane.audit().operatorLists()))
                        .as("lists")
                        .isEmpty();
            }
        }
    }

    /** Waits for autoscalers and pods to have said all they have to say. */
    private static List<String> onceQuiet(AuditLog audit) throws InterruptedException {
        List<String> before;
        do {
            before = audit.operatorWrites();
            Thread.sleep(10_000);
        } while (audit.operatorWrites().size() > before.size());
        return before;
    }

    private static List<String> since(List<String> before, List<String> now) {
        return now.subList(before.size(), now.size());
    }
}
