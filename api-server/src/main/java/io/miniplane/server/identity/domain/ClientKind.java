package io.miniplane.server.identity.domain;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The kind of device that a session was opened from, as far as its {@code User-Agent} tells; the names are stored. */
public enum ClientKind {
    /** WeChat's developer tools. */
    DEVTOOLS("wechatdevtools"),
    /** An iPad. */
    IPAD("iPad"),
    /** An iPhone. */
    IPHONE("iPhone"),
    /** A device with HarmonyOS. */
    HARMONY("OpenHarmony|HarmonyOS"),
    /** A device with Android. */
    ANDROID("Android"),
    /** WeChat for Windows. */
    WINDOWS("Windows"),
    /** WeChat for Mac. */
    MAC("Macintosh|MacWechat"),
    /** Anything else. */
    OTHER("");

    private static final int READ = 512;

    private final Pattern mark;

    ClientKind(String mark) {
        this.mark = Pattern.compile(mark);
    }

    /** The first kind whose mark stands in the header; what comes after {@value #READ} characters is not read. */
    public static ClientKind of(String userAgent) {
        String read = userAgent.substring(0, Math.min(READ, userAgent.length()));
        return Arrays.stream(values())
                .filter(kind -> kind.mark.matcher(read).find())
                .findFirst()
                .orElse(OTHER);
    }
}
