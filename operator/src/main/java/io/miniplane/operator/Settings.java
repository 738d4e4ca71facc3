package io.miniplane.operator;

import io.miniplane.operator.metrics.MetricsService;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the operator is told by environment variables.
 *
 * @param namespaces namespaces to watch; empty means all ({@code MINIPLANE_NAMESPACES}, separated by commas)
 * @param serverImage image of backends that name none ({@code MINIPLANE_SERVER_IMAGE})
 * @param runbooks folder of the pages that alerts point to ({@code MINIPLANE_RUNBOOK_BASE_URL}; unless set, {@code
 *     alerts/runbooks} as in the repository)
 * @param httpPort port of metrics and health, 0 for any free one ({@code MINIPLANE_HTTP_PORT})
 * @param election how several operators take turns
 * @param instance name of this process ({@code POD_NAME}, else {@code HOSTNAME})
 * @param discoveryInterval how often to look for kinds installed later ({@code MINIPLANE_DISCOVERY_INTERVAL}, in seconds)
 * @param signalsInterval how often servers are asked what they tell of themselves ({@code MINIPLANE_SIGNALS_INTERVAL}, in seconds)
 * @param keySettle how long a phase of a key rotation lasts at least ({@code MINIPLANE_KEY_SETTLE}, in seconds)
 * @param externalMetrics how the API server asks for external metrics
 */
record Settings(
        Set<String> namespaces,
        String serverImage,
        String runbooks,
        int httpPort,
        Election election,
        String instance,
        Duration discoveryInterval,
        Duration signalsInterval,
        Duration keySettle,
        ExternalMetrics externalMetrics) {

    private static final String WEB_ADDRESS = "https?://[^\\s?#]+";
    private static final String NAMESPACE_NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /**
     * How several operators take turns.
     *
     * @param enabled whether they do ({@code MINIPLANE_LEADER_ELECTION})
     * @param leaseNamespace namespace of the Lease they share ({@code MINIPLANE_LEASE_NAMESPACE}, else {@code
     *     POD_NAMESPACE})
     */
    record Election(boolean enabled, Optional<String> leaseNamespace) {}

    /**
     * How the API server asks for external metrics.
     *
     * @param port where they are served, 0 for any free one ({@code MINIPLANE_EXTERNAL_METRICS_PORT})
     * @param service Service in front of the operators, whose port 443 leads to that port ({@code MINIPLANE_SERVICE} in the namespace {@code
     *     POD_NAMESPACE}); without the namespace there is no way to the operator and they are not served
     */
    record ExternalMetrics(int port, Optional<MetricsService> service) {}

    /** A setting that can't be used; the message says which and what to write instead. */
    static final class WrongSettingException extends RuntimeException {

        WrongSettingException(String variable, String value, String expected) {
            super("%s is \"%s\": set it to %s.".formatted(variable, value, expected));
        }
    }

    /** Reads and checks the variables. */
    static Settings from(Map<String, String> environment) {
        var variables = new Variables(environment);
        return new Settings(
                variables.namespaces("MINIPLANE_NAMESPACES"),
                variables.checked(
                        "MINIPLANE_SERVER_IMAGE",
                        "miniplane/api-server:" + version(),
                        image -> !image.isBlank() && image.chars().noneMatch(Character::isWhitespace),
                        "the name of a container image"),
                variables
                        .checked(
                                "MINIPLANE_RUNBOOK_BASE_URL",
                                "alerts/runbooks",
                                address -> address.equals("alerts/runbooks") || address.matches(WEB_ADDRESS),
                                "the address of a folder, beginning with https:// or http://")
                        .replaceFirst("/+$", ""),
                variables.number("MINIPLANE_HTTP_PORT", 8081, 0, 65_535),
                variables.election(),
                variables
                        .text("POD_NAME")
                        .or(() -> variables.text("HOSTNAME"))
                        .orElseGet(() -> "operator-" + ProcessHandle.current().pid()),
                Duration.ofSeconds(variables.number("MINIPLANE_DISCOVERY_INTERVAL", 30, 1, 3600)),
                Duration.ofSeconds(variables.number("MINIPLANE_SIGNALS_INTERVAL", 15, 1, 300)),
                Duration.ofSeconds(variables.number("MINIPLANE_KEY_SETTLE", 360, 1, 86_400)),
                variables.externalMetrics());
    }

    private static String version() {
        return Optional.ofNullable(Settings.class.getPackage().getImplementationVersion())
                .orElse("latest");
    }

    private record Variables(Map<String, String> values) {

        Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }

        String checked(String name, String fallback, Predicate<String> rule, String expected) {
            String value = text(name).orElse(fallback);
            if (!rule.test(value)) {
                throw new WrongSettingException(name, value, expected);
            }
            return value;
        }

        int number(String name, int fallback, int least, int most) {
            String expected = "a whole number from %d to %d".formatted(least, most);
            Predicate<String> inRange = value ->
                    value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
            return Integer.parseInt(checked(name, Integer.toString(fallback), inRange, expected));
        }

        Election election() {
            String enabled = checked(
                    "MINIPLANE_LEADER_ELECTION",
                    "true",
                    value -> List.of("true", "false").contains(value),
                    "true or false");
            return new Election(
                    Boolean.parseBoolean(enabled),
                    namespace("MINIPLANE_LEASE_NAMESPACE").or(() -> namespace("POD_NAMESPACE")));
        }

        ExternalMetrics externalMetrics() {
            String service = checked(
                    "MINIPLANE_SERVICE",
                    "miniplane-operator",
                    name -> name.matches(NAMESPACE_NAME),
                    "the name of a Service");
            return new ExternalMetrics(
                    number("MINIPLANE_EXTERNAL_METRICS_PORT", 8443, 0, 65_535),
                    namespace("POD_NAMESPACE").map(namespace -> new MetricsService(namespace, service)));
        }

        Optional<String> namespace(String name) {
            return text(name)
                    .map(value ->
                            checked(name, value, text -> text.matches(NAMESPACE_NAME), "the name of a namespace"));
        }

        Set<String> namespaces(String name) {
            String list = text(name).orElse("");
            return Arrays.stream(list.split(","))
                    .map(String::strip)
                    .filter(namespace -> !namespace.isEmpty())
                    .peek(namespace -> {
                        if (!namespace.matches(NAMESPACE_NAME)) {
                            throw new WrongSettingException(
                                    name,
                                    list,
                                    "names of namespaces separated by commas, or leave it out to watch all");
                        }
                    })
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
