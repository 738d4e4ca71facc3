package io.miniplane.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;

/** A volume of files laid out as the kubelet does: a hidden folder per version, and a link that is swapped to the newest. */
final class MountedVolume {

    private final Path mount;

    MountedVolume(Path mount) throws IOException {
        this.mount = Files.createDirectories(mount);
    }

    void write(Map<String, byte[]> files) throws IOException {
        Path version = Files.createDirectory(mount.resolve(".." + UUID.randomUUID()));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(version.resolve(file.getKey()), file.getValue());
            Path link = mount.resolve(file.getKey());
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
            }
        }
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), version.getFileName());
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
