package io.miniplane.operator.objects;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.Feature;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes features as a flag definition file of flagd: by name of user first, then by percentage of all users. flagd puts a user into a hundredth by a
 * hash of the name of the flag and the user, so whoever is in stays in when the percentage grows, and two features have different users. That hash
 * lets a few users through at 0 and leaves a few out at 100, so neither is left to it.
 */
final class FeatureFlags {

    private static final Map<String, String> USER = Map.of("var", "targetingKey");
    private static final String ON = "on";
    private static final String OFF = "off";
    private static final int EVERYBODY = 100;

    private FeatureFlags() {}

    static String render(Map<String, Feature> features) {
        var flags = new TreeMap<String, Object>();
        features.forEach((name, feature) -> flags.put(name, flag(feature)));
        return Serialization.asJson(Map.of("flags", flags));
    }

    private static Map<String, Object> flag(Feature feature) {
        var flag = new TreeMap<String, Object>();
        flag.put("state", "ENABLED");
        flag.put("variants", new TreeMap<>(Map.of(ON, true, OFF, false)));
        flag.put("defaultVariant", isForEverybody(feature) ? ON : OFF);
        if (feature.enabled() && picksUsers(feature)) {
            flag.put("targeting", targeting(feature));
        }
        return flag;
    }

    private static boolean isForEverybody(Feature feature) {
        return feature.enabled() && feature.percentage() == EVERYBODY;
    }

    private static boolean picksUsers(Feature feature) {
        boolean isForSome = feature.percentage() > 0 || !feature.openIds().isEmpty();
        return isForSome && feature.percentage() < EVERYBODY;
    }

    private static Map<String, Object> targeting(Feature feature) {
        return feature.openIds().isEmpty()
                ? share(feature.percentage())
                : Map.of("if", List.of(Map.of("in", List.of(USER, feature.openIds())), ON, others(feature)));
    }

    private static Object others(Feature feature) {
        return feature.percentage() == 0 ? OFF : share(feature.percentage());
    }

    private static Map<String, Object> share(int percentage) {
        return Map.of("fractional", List.of(List.of(ON, percentage), List.of(OFF, EVERYBODY - percentage)));
    }
}
