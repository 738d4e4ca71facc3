package io.miniplane.server.platform.diagnostics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** The settings of Miniplane. A value is shown only where its name is on the list; of every other setting there is only that it is set. */
@Component
final class ShownSettings {

    private static final String SET = "(set)";
    private static final String OURS = "miniplane.";
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9.-]{1,120}");
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//[^/@]*@");
    private static final Pattern HARMLESS = Pattern.compile("miniplane\\.("
            + String.join(
                    "|",
                    "app-id|environment|role",
                    "database\\.(host|port|name|ssl-mode|connect-timeout|statement-timeout)",
                    "messaging\\.broker",
                    "observability\\.(otlp-endpoint|sampling-ratio)",
                    "wechat\\.(base-url|time-limit|connect-timeout|max-concurrent-calls|breaker-open-for|token-refresh-ahead)",
                    "wechat\\.message-push\\.(format|mode)",
                    "features\\.file|keys\\.(directory|poll)",
                    "events\\.[a-z-]+|rate-limit\\.[a-z.-]+")
            + ")");

    private final ConfigurableEnvironment environment;

    ShownSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        environment.getPropertySources().stream()
                .filter(source -> source instanceof EnumerablePropertySource<?>)
                .map(source -> (EnumerablePropertySource<?>) source)
                .flatMap(source -> Arrays.stream(source.getPropertyNames()))
                .filter(name ->
                        name.startsWith(OURS) && PLAIN_NAME.matcher(name).matches())
                .forEach(name -> shown.put(name, value(name)));
        return shown;
    }

    private String value(String name) {
        String value = environment.getProperty(name, "");
        if (value.isEmpty()) {
            return "";
        }
        return HARMLESS.matcher(name).matches() ? USER_IN_ADDRESS.matcher(value).replaceAll("//") : SET;
    }
}
