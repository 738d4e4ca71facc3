package io.miniplane.simulator.world;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often one app may call one path.
 *
 * @param perDay calls a day, from midnight in Beijing
 * @param perMinute calls within a minute, or null for any number
 * @param perSecond calls within a second, or null for any number
 */
public record Limits(
        long perDay, @Nullable Integer perMinute, @Nullable Integer perSecond) {

    private static final Limits OTHERWISE = new Limits(5_000_000, null, null);
    private static final Limits OF_LINKS = new Limits(500_000, null, 100);
    private static final Limits OF_CODES = new Limits(5_000_000, 5_000, null);
    private static final Map<String, Limits> AT_FIRST = Map.ofEntries(
            Map.entry("/cgi-bin/token", new Limits(2_000, null, null)),
            Map.entry("/cgi-bin/stable_token", new Limits(500_000, 10_000, null)),
            Map.entry("/wxa/resetusersessionkey", new Limits(5_000_000, 60_000, null)),
            Map.entry("/wxa/msg_sec_check", new Limits(2_000_000, 4_000, null)),
            Map.entry("/wxa/media_check_async", new Limits(200_000, 2_000, null)),
            Map.entry("/wxa/getwxacodeunlimit", OF_CODES),
            Map.entry("/wxa/getwxacode", OF_CODES),
            Map.entry("/cgi-bin/wxaapp/createwxaqrcode", OF_CODES),
            Map.entry("/wxa/generatescheme", OF_LINKS),
            Map.entry("/wxa/generate_urllink", OF_LINKS),
            Map.entry("/wxa/genwxashortlink", new Limits(1_000_000, null, null)),
            Map.entry("/wxaapi/newtmpl/gettemplate", new Limits(500, null, null)));

    /** @throws IllegalArgumentException when a limit is negative */
    public Limits {
        if (perDay < 0 || (perMinute != null && perMinute < 0) || (perSecond != null && perSecond < 0)) {
            throw new IllegalArgumentException("A limit is 0 calls or more.");
        }
    }

    /** What WeChat allows at first. */
    static Limits atFirst(String path) {
        return AT_FIRST.getOrDefault(path, OTHERWISE);
    }
}
