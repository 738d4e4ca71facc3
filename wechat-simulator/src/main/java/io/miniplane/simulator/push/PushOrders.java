package io.miniplane.simulator.push;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON bodies of the calls about pushes. */
final class PushOrders {

    private PushOrders() {}

    record NewCallback(
            @Nullable String url,
            @Nullable String token,
            @Nullable String encodingAesKey,
            @Nullable String mode,
            @Nullable String format,
            @Nullable Integer deliveries,
            @Nullable Long retryAfterMillis,
            @Nullable Boolean check) {

        PushCallback callback() {
            return new PushCallback(
                    address(),
                    required(token, "token"),
                    required(encodingAesKey, "encodingAesKey"),
                    mode == null ? PushMode.Safe : PushOrders.mode(mode),
                    format == null ? PushFormat.JSON : PushOrders.format(format),
                    deliveries == null ? PushCallback.DELIVERIES : deliveries,
                    retryAfterMillis == null ? PushCallback.RETRY_AFTER : Duration.ofMillis(retryAfterMillis));
        }

        boolean checked() {
            return !Boolean.FALSE.equals(check);
        }

        private URI address() {
            String text = required(url, "url").strip();
            try {
                return URI.create(text);
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException("The \"url\" of a push callback is no address.", malformed);
            }
        }

        @Override
        public String toString() {
            return "[redacted]";
        }
    }

    record NewPush(
            @Nullable String appId,
            @Nullable String openId,
            @Nullable String template,
            @Nullable JsonNode message,
            @Nullable String fault,
            @Nullable Integer duplicates,
            @Nullable Boolean verbatim) {

        PushOrder order(ObjectNode whole) {
            return new PushOrder(
                    required(appId, "appId"),
                    whole,
                    fault == null || fault.isEmpty() ? null : PushFault.of(fault),
                    duplicates == null ? 0 : duplicates,
                    Boolean.TRUE.equals(verbatim));
        }

        PushTemplate chosen() {
            return PushTemplate.of(required(template, "template"));
        }
    }

    static PushMode mode(String text) {
        return Arrays.stream(PushMode.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("The \"mode\" of a push callback is Plain, Compatible or Safe."));
    }

    static PushFormat format(String text) {
        return Arrays.stream(PushFormat.values())
                .filter(format -> format.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The \"format\" of a push callback is JSON or XML."));
    }

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing.");
        }
        return value;
    }
}
