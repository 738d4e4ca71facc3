package io.miniplane.server.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A flag file in a mounted ConfigMap as the kubelet writes it: the file is a link through {@code ..data}, which is a link to a folder of one version,
 * and a change swaps {@code ..data} at once. The operator renders the flags in the same form.
 */
public final class MountedFlags {

    private final Path folder;
    private int version;

    /** Mounts a ConfigMap with this content in an empty folder. */
    public MountedFlags(Path folder, String content) {
        this.folder = folder;
        replace(content);
        try {
            Files.createSymbolicLink(file(), Path.of("..data", "flags.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server finds it. */
    public Path file() {
        return folder.resolve("flags.json");
    }

    /** Swaps the content; the time of the file says nothing, as where a volume is restored. */
    public void replace(String content) {
        try {
            Path before = folder.resolve("..version" + version++);
            Path now = Files.createDirectory(folder.resolve("..version" + version));
            Files.writeString(now.resolve("flags.json"), content);
            Files.setLastModifiedTime(now.resolve("flags.json"), FileTime.from(Instant.EPOCH));
            Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), now.getFileName());
            Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(before.resolve("flags.json"));
            Files.deleteIfExists(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with one switch that is on for a share of the users, 1 to 99 percent, and for those of a list. */
    public static String share(String name, int percentage, String... openIds) {
        return file(name, """
                {"if": [{"in": [{"var": "targetingKey"}, %s]}, "on", {"fractional": [["on", %d], ["off", %d]]}]}
                """.formatted(
                        JsonMapper.shared().writeValueAsString(List.of(openIds)), percentage, 100 - percentage));
    }

    /** A file with one switch that is on for those of a list alone. */
    public static String list(String name, String... openIds) {
        return file(name, """
                {"if": [{"in": [{"var": "targetingKey"}, %s]}, "on", "off"]}
                """.formatted(JsonMapper.shared().writeValueAsString(List.of(openIds))));
    }

    /** A file with one switch that is the same for everybody. */
    public static String same(String name, boolean on) {
        return """
                {"flags": {"%s": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "%s"}}}
                """.formatted(name, on ? "on" : "off");
    }

    /** A file with a switch and a text of three variants, two of which a share of the users gets, half of it each. */
    public static String variants(String name, int percentage) {
        return """
                {"flags": {"%s": {
                  "state": "ENABLED",
                  "variants": {"red": "#c00", "blue": "#00c", "plain": "#ccc"},
                  "defaultVariant": "plain",
                  "targeting": {"if": [
                    {"==": [{"fractional": [["in", %d], ["out", %d]]}, "in"]},
                    {"fractional": [{"cat": ["variant of ", {"var": "targetingKey"}]}, ["red", 50], ["blue", 50]]},
                    "plain"]}}}}
                """.formatted(name, percentage, 100 - percentage);
    }

    private static String file(String name, String targeting) {
        return """
                {"flags": {"%s": {
                  "state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off", "targeting": %s}}}
                """.formatted(name, targeting);
    }
}
