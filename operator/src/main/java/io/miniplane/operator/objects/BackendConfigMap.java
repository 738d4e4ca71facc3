package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.ApiSecurity;
import io.miniplane.crd.v1alpha1.Exposure;
import io.miniplane.crd.v1alpha1.MessagePush;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Observability;
import io.miniplane.crd.v1alpha1.Pay;
import io.miniplane.crd.v1alpha1.Staff;
import io.miniplane.crd.v1alpha1.Wechat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of the servers that are no secrets: {@code application.yaml} and the feature flags. */
final class BackendConfigMap extends OwnedObject<ConfigMap> {

    private static final String SETTINGS = "application.yaml";
    private static final String FLAGS = "flags.json";

    /** Where the pods have this object; the servers read flags there again when they change. */
    private static final String FOLDER = "/miniplane/config/";

    BackendConfigMap() {
        super(ConfigMap.class, BackendConfigMap::nameFor);
    }

    static String nameFor(String backend) {
        return backend + "-config";
    }

    @Override
    ConfigMap render(Backend backend) {
        return of(nameFor(backend.name()), "backend", backend);
    }

    static ConfigMap of(String name, String part, Backend backend) {
        return new ConfigMapBuilder()
                .withMetadata(backend.metadata(name, part))
                .addToData(SETTINGS, settings(backend.spec()))
                .addToData(FLAGS, FeatureFlags.render(backend.spec().features()))
                .build();
    }

    /** The settings that servers read once, when they start. */
    static String settings(MiniProgramBackendSpec spec) {
        var miniplane = new LinkedHashMap<String, Object>();
        miniplane.put("app-id", spec.appId());
        miniplane.put("environment", spec.environment().profile());
        miniplane.put("wechat", wechat(spec.wechat(), spec.exposure()));
        miniplane.put("messaging", Map.of("broker", spec.messaging().broker()));
        miniplane.put("features", Map.of("file", FOLDER + FLAGS));
        if (spec.staff() != null) {
            miniplane.put("staff", staff(spec.staff()));
        }
        BusinessSettings.of(spec).forEach(miniplane::put);
        miniplane.put("observability", observability(spec));
        var root = new LinkedHashMap<String, Object>();
        root.put(
                "spring", Map.of("profiles", Map.of("active", spec.environment().profile())));
        root.put("miniplane", miniplane);
        return Serialization.asYaml(root);
    }

    private static Map<String, Object> wechat(Wechat wanted, @Nullable Exposure exposure) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("base-url", wanted.baseUrl());
        MessagePush push = wanted.messagePush();
        if (push != null) {
            settings.put("message-push", ordered("format", push.format(), "mode", push.mode()));
        }
        if (wanted.pay() != null) {
            settings.put("pay", pay(wanted.pay(), exposure));
        }
        ApiSecurity security = wanted.apiSecurity();
        if (security != null) {
            settings.put(
                    "api-security",
                    ordered(
                            "symmetric-key-serial",
                            security.symmetricKeySerial(),
                            "signing-key-serial",
                            security.signingKeySerial(),
                            "platform-certificate-serial",
                            security.platformCertificateSerial(),
                            "cipher",
                            security.cipher(),
                            "signature",
                            security.signature()));
        }
        return settings;
    }

    /** WeChat Pay calls back from outside, so it has to be told by which name it gets in. */
    private static Map<String, Object> pay(Pay wanted, @Nullable Exposure exposure) {
        Map<String, Object> settings = ordered(
                "merchant-id",
                wanted.merchantId(),
                "certificate-serial",
                wanted.certificateSerial(),
                "platform-public-key-id",
                wanted.platformPublicKeyId());
        if (exposure != null) {
            settings.put("notify-url", "https://" + exposure.host() + "/api/v1/wechat/pay/notifications");
        }
        return settings;
    }

    private static Map<String, Object> staff(Staff wanted) {
        Map<String, Object> settings =
                ordered("issuer", wanted.issuer(), "audience", wanted.audience(), "roles-claim", wanted.rolesClaim());
        if (wanted.jwksUri() != null) {
            settings.put("jwks-uri", wanted.jwksUri());
        }
        // In brackets the server takes a key as it is; without them it keeps only some of the characters.
        var roles = new LinkedHashMap<String, Object>();
        new TreeMap<>(wanted.roles()).forEach((value, role) -> roles.put("[" + value + "]", role));
        settings.put("roles", roles);
        return settings;
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var settings = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return settings;
    }

    private static Map<String, Object> observability(MiniProgramBackendSpec spec) {
        Observability wanted = spec.observability();
        var settings = new LinkedHashMap<String, Object>();
        settings.put("otlp-endpoint", Objects.requireNonNullElse(wanted.otlpEndpoint(), ""));
        settings.put("sampling-ratio", wanted.samplingRatioIn(spec.environment()));
        return settings;
    }
}
