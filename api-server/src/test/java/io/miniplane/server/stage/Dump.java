package io.miniplane.server.stage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Everything that a backend's database holds, as a thief would have it: every column of every table as text, binary ones as their bytes too. */
public final class Dump {

    private static final String TABLES = """
            SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
            WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
            """;

    private final byte[] bytes;
    private final Set<String> tables = new LinkedHashSet<>();

    private Dump(Backend backend) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Map<String, Object> table : backend.rows(TABLES)) {
            String name = String.valueOf(table.get("name"));
            tables.add(name);
            backend.rows("SELECT t::text AS whole FROM " + name + " t").forEach(row -> add(all, row.get("whole")));
            backend.rows("SELECT * FROM " + name).forEach(row -> row.values().forEach(value -> add(all, value)));
        }
        backend.rows("SELECT data FROM pg_largeobject").forEach(row -> add(all, row.get("data")));
        bytes = all.toByteArray();
    }

    public static Dump of(Backend backend) {
        return new Dump(backend);
    }

    public Set<String> tables() {
        return tables;
    }

    /** Whether a text is there: in UTF-8 or UTF-16, as it is, in hexadecimal digits or in base64. */
    public boolean shows(String text) {
        return List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE).stream()
                .anyMatch(charset -> shows(text.getBytes(charset)));
    }

    /** Whether bytes are there: as they are, in hexadecimal digits or in base64. */
    public boolean shows(byte[] secret) {
        String hex = HexFormat.of().formatHex(secret);
        return holds(secret) || holds(ascii(hex)) || holds(ascii(hex.toUpperCase(Locale.ROOT))) || showsBase64(secret);
    }

    /** Base64 of something longer begins the secret at any of three places; the letters that its neighbours colour are left out. */
    private boolean showsBase64(byte[] secret) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = ByteBuffer.allocate(before + secret.length)
                    .put(before, secret)
                    .array();
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text = encoder.withoutPadding().encodeToString(shifted);
                int first = before == 0 ? 0 : before + 1;
                int last = text.length() - (shifted.length % 3 == 0 ? 0 : 1);
                if (holds(ascii(text.substring(first, last)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean holds(byte[] part) {
        outer:
        for (int at = 0; at <= bytes.length - part.length; at++) {
            for (int i = 0; i < part.length; i++) {
                if (bytes[at + i] != part[i]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }

    private static void add(ByteArrayOutputStream all, Object value) {
        if (value != null) {
            all.writeBytes(
                    value instanceof byte[] raw ? raw : String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            all.write(0);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
