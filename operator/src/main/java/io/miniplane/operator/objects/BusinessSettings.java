package io.miniplane.operator.objects;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.miniplane.crd.v1alpha1.Inventory;
import io.miniplane.crd.v1alpha1.MiniProgramBackendSpec;
import io.miniplane.crd.v1alpha1.Notifications;
import io.miniplane.crd.v1alpha1.Orders;
import io.miniplane.crd.v1alpha1.Reports;
import io.miniplane.crd.v1alpha1.Timespan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the manifest says of orders, stock, messages to buyers and reports, as the servers read it; what it doesn't say is left to them. */
final class BusinessSettings {

    private BusinessSettings() {}

    static Map<String, Object> of(MiniProgramBackendSpec spec) {
        var settings = new LinkedHashMap<String, Object>();
        put(settings, "orders", spec.orders(), BusinessSettings::orders);
        put(settings, "inventory", spec.inventory(), BusinessSettings::inventory);
        put(settings, "notifications", spec.notifications(), BusinessSettings::notifications);
        put(settings, "reports", spec.reports(), BusinessSettings::reports);
        return settings;
    }

    private static <T> void put(
            Map<String, Object> settings, String name, @Nullable T wanted, Function<T, Map<?, ?>> written) {
        if (wanted != null) {
            Map<?, ?> own = written.apply(wanted);
            if (!own.isEmpty()) {
                settings.put(name, own);
            }
        }
    }

    private static Map<?, ?> orders(Orders wanted) {
        return named("payment-timeout", iso(wanted.paymentTimeout()), "completed-after", iso(wanted.completedAfter()));
    }

    private static Map<?, ?> inventory(Inventory wanted) {
        return named("url", wanted.url(), "time-limit", iso(wanted.timeLimit()));
    }

    /** Both sides use the same names here, and of keywords the server needs the very names. */
    private static Map<?, ?> notifications(Notifications wanted) {
        return Serialization.unmarshal(Serialization.asJson(wanted), Map.class);
    }

    private static Map<?, ?> reports(Reports wanted) {
        return named("zone", wanted.zone(), "top-products", wanted.topProducts());
    }

    private static Map<?, ?> named(
            String first, @Nullable Object itsValue, String second, @Nullable Object othersValue) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put(first, itsValue);
        settings.put(second, othersValue);
        settings.values().removeIf(Objects::isNull);
        return settings;
    }

    /** Servers don't read 1h30m. */
    private static String iso(Timespan span) {
        return span.duration().toString();
    }
}
