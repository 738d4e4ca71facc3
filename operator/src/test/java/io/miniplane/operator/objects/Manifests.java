package io.miniplane.operator.objects;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import java.util.Map;

/** Manifests as an API server hands them out, defaults filled in. */
final class Manifests {

    static final Credentials CREDENTIALS = new Credentials(
            Map.of(Credentials.APP_SECRET, "0123456789abcdef0123456789abcdef", "miniplane.database.password", "trial"));

    private static final String SHOP = """
            apiVersion: miniplane.io/v1alpha1
            kind: MiniProgramBackend
            metadata: {name: shop, namespace: web, uid: 0-1-2, generation: 1}
            spec:
              appId: wx0123456789abcdef
              environment: prod
              paused: false
              wechat:
                appSecretRef: {name: shop-wechat, key: appSecret}
                baseUrl: https://api.weixin.qq.com
                openApi: {allow: []}
              keys: {rotateEvery: 2160h}
              database: {secretRef: {name: shop-db}}
              messaging: {broker: Postgres}
              api:
                replicas: {min: 2, max: 20}
                resources: {requests: {cpu: 1000m, memory: 1024Mi}, limits: {memory: 1.5Gi}}
                tiers:
                  - {upToQps: 1000, minReplicas: 2, cpuUtilization: 60, sustainedFor: 5m}
                  - {minReplicas: 8, cpuUtilization: 70, sustainedFor: 1m}
              worker:
                replicas: {min: 1, max: 10}
                resources: {requests: {cpu: 2}, limits: {}}
                queue: {messagesPerReplica: 1000, source: Auto}
                behavior:
                  scaleUp: {stabilizationWindow: 0s, percent: 100, pods: 4, period: 15s}
                  scaleDown: {stabilizationWindow: 5m, percent: 25, pods: 1, period: 1m}
              features: {newCheckout: {enabled: true, percentage: 10, openIds: [o1]}, off: {enabled: false, percentage: 100, openIds: []}}
              alerts: {p99Latency: 750ms, queueBacklog: 1000, labels: {team: shop}}
              observability: {}
              mesh: {istio: {enabled: false}}
              reports: {monthly: {schedule: 0 3 1 * *}}
              networkPolicy: {enabled: true}
              rollout: {strategy: RollingUpdate, deadline: 5m}
            """;

    private Manifests() {}

    static MiniProgramBackend shop() {
        return Serialization.unmarshal(SHOP, MiniProgramBackend.class);
    }

    static MiniProgramBackend shopWith(String text, String replacement) {
        return Serialization.unmarshal(SHOP.replace(text, replacement), MiniProgramBackend.class);
    }

    static Backend backend() {
        return backend(shop());
    }

    static Backend backend(MiniProgramBackend resource) {
        return new Backend(resource, "server:1", CREDENTIALS);
    }
}
