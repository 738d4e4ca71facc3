package io.miniplane.server.gateway.domain;

import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a request on the local port asks for.
 *
 * @param path plain: no empty segment, none of dots alone, nothing encoded
 * @param query as it came, but for access tokens, which the container has no business with
 */
public record Target(String path, String query) {

    /** The host for which the local port is a forward proxy. */
    public static final String WECHAT = "api.weixin.qq.com";

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    private static final ErrorCode FORBIDDEN = new ErrorCode(40310);
    private static final String PROXIED = "http://" + WECHAT;
    private static final Pattern PLAIN = Pattern.compile("(/(?!\\.+(/|$))[A-Za-z0-9._-]+)+");
    private static final int LONGEST_PATH = 256;
    private static final Set<String> TOKENS = Set.of("access_token", "cloudbase_access_token");

    /**
     * Reads the target of a request: a path, or an absolute address of WeChat's, as whoever asks a proxy writes it.
     *
     * @throws Failure when the address is of another host, or its path is not plain
     */
    public static Target of(String raw) {
        String local = raw.startsWith("/") ? raw : withoutHost(raw);
        int mark = local.indexOf('?');
        String path = mark < 0 ? local : local.substring(0, mark);
        if (path.length() > LONGEST_PATH || !PLAIN.matcher(path).matches()) {
            throw new Failure(BAD_REQUEST, Reason.of("not-a-plain-path"));
        }
        return new Target(path, mark < 0 ? "" : withoutTokens(local.substring(mark + 1)));
    }

    /** The pairs of a query or a form, but for access tokens. */
    public static String withoutTokens(String pairs) {
        return Arrays.stream(pairs.split("&", -1))
                .filter(pair -> !pair.isEmpty() && !isToken(pair))
                .collect(Collectors.joining("&"));
    }

    private static String withoutHost(String raw) {
        String start = raw.toLowerCase(Locale.ROOT);
        for (String host : Set.of(PROXIED, PROXIED + ":80")) {
            if (start.startsWith(host + "/")) {
                return raw.substring(host.length());
            }
        }
        throw new Failure(FORBIDDEN, Reason.of("only-proxy-of-wechat", WECHAT));
    }

    private static boolean isToken(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        try {
            return TOKENS.contains(
                    URLDecoder.decode(name, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            throw new Failure(BAD_REQUEST, Reason.of("bad-encoding"));
        }
    }
}
