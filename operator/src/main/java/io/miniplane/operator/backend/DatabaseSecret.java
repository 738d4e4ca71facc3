package io.miniplane.operator.backend;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Secret of a database in each form that is about: the keys of CloudNativePG, those of the Service Binding
 * specification ({@code database} for {@code dbname}), {@code user} for {@code username}, and what these leave out from
 * {@code uri}, in which names and passwords are percent-encoded.
 */
final class DatabaseSecret {

    private static final Map<String, String> OTHER_NAMES = Map.of("dbname", "database", "username", "user");
    private static final Pattern URI = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://"
            + "(?:(?<user>[^:@/?#]*)(?::(?<password>[^@/?#]*))?@)?"
            + "(?<host>\\[[^]]*]|[^:/?#,@]*)(?::(?<port>[0-9]{1,5}))?"
            + "(?:/(?<database>[^?#]*))?(?:\\?(?:[^#]*&)?sslmode=(?<sslmode>[a-z-]+).*|[?#].*)?");

    private DatabaseSecret() {}

    /**
     * The value of a key, or nothing.
     *
     * @param key one of host, port, dbname, username, password and sslmode
     */
    static @Nullable String value(String key, Map<String, String> content) {
        String value = content.get(key);
        if (value == null) {
            value = content.get(OTHER_NAMES.getOrDefault(key, key));
        }
        return value == null ? fromUri(key, content.get("uri")) : value;
    }

    private static @Nullable String fromUri(String key, @Nullable String uri) {
        if (uri == null) {
            return null;
        }
        Matcher parts = URI.matcher(uri.strip());
        String part = parts.matches() ? parts.group(OTHER_NAMES.getOrDefault(key, key)) : null;
        return part == null || part.isEmpty() ? null : decoded(part);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
