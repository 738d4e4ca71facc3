package io.miniplane.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

class ModularityTest {

    /** Who may know whom, beside the platform. A module that is added is added here. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("platform", Set.of()),
            Map.entry("wechat", Set.of("platform")),
            Map.entry("identity", Set.of("platform", "wechat")),
            Map.entry("content", Set.of("platform", "wechat", "identity")),
            Map.entry("inventory", Set.of("platform")),
            Map.entry("order", Set.of("platform", "inventory", "feature")),
            Map.entry("payment", Set.of("platform", "order", "wechat", "identity")),
            Map.entry("notification", Set.of("platform", "wechat", "identity", "order", "payment")),
            Map.entry("feature", Set.of("platform", "identity")),
            Map.entry("gateway", Set.of("platform", "wechat", "identity")),
            Map.entry("report", Set.of("platform", "order", "payment", "inventory")));

    @Test
    void modulesKeepTheirBounds() {
        ApplicationModules.of(MiniplaneServer.class, LayerRules.MAIN_CODE).verify();
    }

    @Test
    void everyModuleSaysWhomItMayKnow() throws Exception {
        for (var module : ApplicationModules.of(MiniplaneServer.class, LayerRules.MAIN_CODE)) {
            String name = module.getIdentifier().toString();
            ApplicationModule declared = Class.forName("io.miniplane.server." + name + ".package-info")
                    .getAnnotation(ApplicationModule.class);
            assertThat(ALLOWED).as("modules that this test knows").containsKey(name);
            assertThat(declared)
                    .as("@ApplicationModule on the package-info of %s", name)
                    .isNotNull();
            assertThat(modules(declared.allowedDependencies())).as(name).isSubsetOf(ALLOWED.get(name));
        }
    }

    @Test
    void aModuleThatOversteppedItsBoundsIsFound() {
        assertThatThrownBy(() -> ApplicationModules.of("io.miniplane.overstep", location -> true)
                        .verify())
                .isInstanceOf(Violations.class)
                .hasMessageContaining("overstep");
    }

    /** A dependency is written {@code module} or {@code module :: named interface}. */
    private static Set<String> modules(String[] dependencies) {
        Set<String> names = new TreeSet<>();
        for (String dependency : dependencies) {
            names.add(dependency.split("::", 2)[0].strip());
        }
        return names;
    }
}
