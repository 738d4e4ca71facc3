package io.miniplane.operator.objects;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.Feature;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes features as a flag definition file of flagd: by name of user first, then by percentage of all users. */
final class FeatureFlags {

    private static final String USER = "targetingKey";

    private FeatureFlags() {}

    static String render(Map<String, Feature> features) {
        var flags = new TreeMap<String, Object>();
        features.forEach((name, feature) -> flags.put(name, flag(feature)));
        return Serialization.asJson(Map.of("flags", flags));
    }

    private static Map<String, Object> flag(Feature feature) {
        var flag = new TreeMap<String, Object>();
        flag.put("state", "ENABLED");
        flag.put("variants", new TreeMap<>(Map.of("on", true, "off", false)));
        flag.put("defaultVariant", "off");
        if (feature.enabled()) {
            flag.put("targeting", targeting(feature));
        }
        return flag;
    }

    private static Map<String, Object> targeting(Feature feature) {
        var user = Map.of("var", USER);
        var share = Map.of(
                "fractional",
                List.of(user, List.of("on", feature.percentage()), List.of("off", 100 - feature.percentage())));
        return Map.of("if", List.of(Map.of("in", List.of(user, feature.openIds())), "on", share));
    }
}
