package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Observability;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The settings of the servers that are no secrets: {@code application.yaml} and the feature flags. */
final class BackendConfigMap extends OwnedObject<ConfigMap> {

    private static final String SETTINGS = "application.yaml";

    BackendConfigMap() {
        super(ConfigMap.class, BackendConfigMap::nameFor);
    }

    static String nameFor(String backend) {
        return backend + "-config";
    }

    @Override
    ConfigMap render(Backend backend) {
        return new ConfigMapBuilder()
                .withMetadata(backend.metadata(nameFor(backend.name()), "backend"))
                .addToData(SETTINGS, settings(backend.spec()))
                .addToData("flags.json", FeatureFlags.render(backend.spec().features()))
                .build();
    }

    /** The settings that servers read once, when they start. */
    static String settings(MiniProgramBackendSpec spec) {
        var miniplane = new LinkedHashMap<String, Object>();
        miniplane.put("app-id", spec.appId());
        miniplane.put("environment", spec.environment().profile());
        miniplane.put("wechat", Map.of("base-url", spec.wechat().baseUrl()));
        miniplane.put("observability", observability(spec));
        var root = new LinkedHashMap<String, Object>();
        root.put(
                "spring", Map.of("profiles", Map.of("active", spec.environment().profile())));
        root.put("miniplane", miniplane);
        return Serialization.asYaml(root);
    }

    private static Map<String, Object> observability(MiniProgramBackendSpec spec) {
        Observability wanted = spec.observability();
        var settings = new LinkedHashMap<String, Object>();
        settings.put("otlp-endpoint", Objects.requireNonNullElse(wanted.otlpEndpoint(), ""));
        settings.put("sampling-ratio", wanted.samplingRatioIn(spec.environment()));
        return settings;
    }
}
