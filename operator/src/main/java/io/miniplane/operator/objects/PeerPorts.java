package io.miniplane.operator.objects;

import io.miniplane.crd.v1alpha1.Kms;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Staff;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The TCP ports at which the servers of a backend reach what they need: found in its manifest and its credentials. */
final class PeerPorts {

    private static final int HTTPS = 443;
    private static final Map<String, Integer> BY_SCHEME =
            Map.of("https", HTTPS, "http", 80, "amqp", 5672, "amqps", 5671, "hcvault", 8200);
    private static final String DATABASE_PORT = "miniplane.database.port";
    private static final String BROKER_URI = "miniplane.messaging.uri";
    private static final String BROKER_SERVERS = "miniplane.messaging.bootstrap-servers";
    private static final Pattern COMMA = Pattern.compile(",");
    /** Scheme and port of an address; whom it names before an @ may have any characters. */
    private static final Pattern ADDRESS =
            Pattern.compile("([a-z-]+)://(?:[^/?#]*@)?(?:\\[[^]]*]|[^:/?#]*)(?::([0-9]{1,5}))?");

    private static final int LARGEST = 65_535;

    private PeerPorts() {}

    static SortedSet<Integer> of(Backend backend) {
        var ports = new TreeSet<>(Set.of(HTTPS));
        addFromManifest(backend.spec(), ports);
        Map<String, String> properties = backend.credentials().properties();
        String database = properties.get(DATABASE_PORT);
        add(database == null ? null : "postgresql://database:" + database, ports);
        add(properties.get(BROKER_URI), ports);
        COMMA.splitAsStream(properties.getOrDefault(BROKER_SERVERS, ""))
                .forEach(server -> add("kafka://" + server, ports));
        return ports;
    }

    private static void addFromManifest(MiniProgramBackendSpec spec, Set<Integer> ports) {
        add(spec.wechat().baseUrl(), ports);
        add(spec.observability().otlpEndpoint(), ports);
        if (spec.inventory() != null) {
            add(spec.inventory().url(), ports);
        }
        Staff staff = spec.staff();
        if (staff != null) {
            add(staff.issuer(), ports);
            add(staff.jwksUri(), ports);
        }
        Kms kms = spec.keys().kms();
        if (kms != null) {
            add(kms.uri(), ports);
        }
    }

    private static void add(@Nullable String address, Set<Integer> ports) {
        if (address == null) {
            return;
        }
        Matcher parts = ADDRESS.matcher(address);
        if (parts.lookingAt()) {
            String given = parts.group(2);
            int port = given == null ? BY_SCHEME.getOrDefault(parts.group(1), HTTPS) : Integer.parseInt(given);
            if (port > 0 && port <= LARGEST) {
                ports.add(port);
            }
        }
    }
}
