package io.miniplane.server.platform.crypto;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of Vault's transit engine.
 *
 * @param server where Vault answers; plain HTTP on the loopback interface only
 * @param mount where the transit engine is mounted, such as {@code transit}
 * @param name the name of the key
 */
record VaultKey(URI server, String mount, String name) {

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]*";
    private static final Pattern FORM =
            Pattern.compile("hcvault://(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(?<port>:\\d{1,5})?" + "/(?<mount>"
                    + SEGMENT + "(/" + SEGMENT + ")*)/keys/(?<name>" + SEGMENT + ")");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    static boolean isKey(String uri) {
        return FORM.matcher(uri).matches();
    }

    /** @throws IllegalArgumentException when the address has another form */
    static VaultKey of(String uri) {
        Matcher form = FORM.matcher(uri);
        if (!form.matches()) {
            throw new IllegalArgumentException("not hcvault://host[:port]/<mount>/keys/<name>");
        }
        String scheme = LOOPBACK.contains(form.group("host")) ? "http" : "https";
        String port = form.group("port");
        URI server = URI.create(scheme + "://" + form.group("host") + (port == null ? ":8200" : port));
        return new VaultKey(server, form.group("mount"), form.group("name"));
    }

    /** Where an act such as {@code decrypt} is asked for. */
    String act(String act) {
        return server + "/v1/" + mount + "/" + act + "/" + name;
    }
}
