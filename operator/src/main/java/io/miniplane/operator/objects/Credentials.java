package io.miniplane.operator.objects;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a backend signs in with elsewhere: each server property with its value. It never prints the values.
 *
 * @param properties property names and values, in order of name
 */
public record Credentials(Map<String, String> properties) {

    /** The property that holds the secret of the mini-program. */
    public static final String APP_SECRET = "miniplane.wechat.app-secret";

    /** Copies and orders the properties. */
    public Credentials {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** Names without values. */
    @Override
    public String toString() {
        return "Credentials" + properties.keySet();
    }
}
