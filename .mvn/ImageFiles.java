import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes what images are put together from and Maven does not make: {@code runtime} links the Java runtime that goes into each image,
 * {@code application} lays a program out as its image does, {@code train} runs it from there and keeps what the runtime learns.
 */
class ImageFiles {

    /** All of Java SE, and of the rest what servers and those who look after them use. */
    private static final String MODULES = "java.se,jdk.crypto.cryptoki,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.localedata,jdk.management,"
            + "jdk.management.agent,jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.unsupported,jdk.zipfs";

    /** The time that the image builder gives to all files; a cache is only good for jars of the same time. */
    private static final FileTime IMAGE_TIME = FileTime.from(Instant.ofEpochSecond(1));

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private static final String USER = "miniplane:x:10001:10001::/miniplane:/sbin/nologin\n";

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "runtime" -> runtime(Path.of(arguments[1]), arguments[2]);
            case "train" -> train(Path.of(arguments[1]), Path.of(arguments[2]), arguments[3], Pattern.compile(arguments[4]));
            case "application" -> application(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /**
     * @param image where the runtime goes; one that is there stays
     * @param base name of the base image; on {@code scratch} the C library of this machine goes beside the runtime
     */
    private static void runtime(Path image, String base) throws Exception {
        Path java = image.resolve("runtime/opt/java");
        if (!Files.exists(java)) {
            run(Path.of(System.getProperty("java.home"), "bin/jlink").toString(), "--add-modules", MODULES, "--include-locales=en,zh",
                    "--strip-debug", "--no-header-files", "--no-man-pages", "--output", java.toString());
        }
        Path system = image.resolve("system");
        // What an earlier build put there for another base would hide that of this one.
        delete(system);
        Files.createDirectories(system);
        if (base.equals("scratch")) {
            systemFiles(java, system);
        }
    }

    private static void systemFiles(Path java, Path system) throws Exception {
        Set<Path> libraries = new LinkedHashSet<>();
        for (String program : List.of("bin/java", "lib/server/libjvm.so", "lib/libnet.so", "lib/libnio.so")) {
            Matcher library = LIBRARY.matcher(run("ldd", java.resolve(program).toString()));
            while (library.find()) {
                libraries.add(Path.of(library.group(1)));
            }
        }
        for (Path library : libraries) {
            if (!library.startsWith(java)) {
                copy(library, system.resolve(Path.of("/").relativize(library)));
            }
        }
        Files.createDirectories(system.resolve("etc"));
        Files.writeString(system.resolve("etc/passwd"), USER);
        Files.writeString(system.resolve("etc/group"), "miniplane:x:10001:\n");
        Files.writeString(system.resolve("etc/nsswitch.conf"), "hosts: files dns\n");
    }

    /**
     * @param jar the program itself
     * @param classPath file with the jars it needs, separated as on a class path
     * @param billOfMaterials what it is made of, in CycloneDX format
     * @param image folder of its image: the layout goes into {@code layout}, the class path of the layout into {@code layout/classpath}
     */
    private static void application(Path jar, Path classPath, Path billOfMaterials, Path image) throws Exception {
        Path app = image.resolve("layout/app");
        List<String> places = new ArrayList<>();
        places.add(place(jar, app.resolve("classpath")));
        for (String library : Files.readString(classPath).strip().split(":", -1)) {
            places.add(place(Path.of(library), app.resolve("libs")));
        }
        Files.writeString(image.resolve("layout/classpath"), String.join(":", places));
        copy(billOfMaterials, image.resolve("files/sbom.json"));
    }

    /**
     * @param java the linked runtime
     * @param image folder of the image with the layout of the program; the cache goes into {@code files}
     * @param up what the program says once it runs; it is stopped then, unless it has ended by itself
     */
    private static void train(Path java, Path image, String main, Pattern up) throws Exception {
        Path cache = image.resolve("files/program.aot");
        Process process = new ProcessBuilder(java.resolve("bin/java").toString(), "-XX:AOTCacheOutput=" + cache, "--enable-native-access=ALL-UNNAMED",
                        "-cp", Files.readString(image.resolve("layout/classpath")), main)
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (up.matcher(line).find()) {
                    process.toHandle().destroy();
                }
            }
        }
        process.waitFor();
        if (!Files.exists(cache)) {
            throw new IOException("No cache was made of this run of " + main + ": " + String.join("\n", said));
        }
    }

    private static String place(Path jar, Path folder) throws IOException {
        Path there = folder.resolve(jar.getFileName());
        copy(jar, there);
        Files.setLastModifiedTime(there, IMAGE_TIME);
        return there.toString();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.deleteIfExists(to);
        Files.copy(from, to);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }
}
