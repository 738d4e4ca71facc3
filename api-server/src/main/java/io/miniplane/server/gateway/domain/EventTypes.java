package io.miniplane.server.gateway.domain;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of events: those that the server tells of, and those that are the container's own. */
public final class EventTypes {

    /** What the server tells the container of, where it asks. */
    public static final Set<String> OF_SERVER = Set.of(
            "order.created",
            "order.confirmed",
            "order.cancelled",
            "order.paid",
            "order.shipped",
            "order.completed",
            "order.refunded",
            "user.deleted");

    /** The first words of types that are or may become the server's. */
    private static final Set<String> RESERVED = Set.of(
            "order",
            "payment",
            "user",
            "wechat",
            "content",
            "inventory",
            "product",
            "identity",
            "notification",
            "report",
            "feature",
            "gateway",
            "container",
            "platform",
            "miniplane");

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
    private static final int LONGEST = 128;
    private static final String ALL_BELOW = ".*";

    private EventTypes() {}

    /** Whether the text is a type: words of lower-case letters and digits with dots between them, two or more. */
    public static boolean isType(String text) {
        return text.length() <= LONGEST && TYPE.matcher(text).matches();
    }

    /** Whether a type, or a pattern of types, is the server's. */
    public static boolean isReserved(String type) {
        return RESERVED.contains(type.substring(0, type.indexOf('.')));
    }

    /** Whether the text is a type or {@code shop.*}, and means something: the server publishes it, or the container may. */
    public static boolean isPattern(String text) {
        boolean isWellFormed = isType(text.endsWith(ALL_BELOW) ? start(text) + "x" : text);
        return isWellFormed && (!isReserved(text) || !ofServer(Set.of(text)).isEmpty());
    }

    /** The server's types that fit any of the patterns. */
    public static Set<String> ofServer(Set<String> patterns) {
        return OF_SERVER.stream().filter(type -> fits(type, patterns)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a type fits any of the patterns. */
    public static boolean fits(String type, Set<String> patterns) {
        return patterns.stream()
                .anyMatch(pattern ->
                        pattern.endsWith(ALL_BELOW) ? type.startsWith(start(pattern)) : type.equals(pattern));
    }

    private static String start(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }
}
