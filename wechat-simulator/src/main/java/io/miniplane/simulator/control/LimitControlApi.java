package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.ControlRoutes.done;
import static io.miniplane.simulator.control.Orders.required;

import io.miniplane.simulator.world.Limits;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Limits and pages over HTTP. */
final class LimitControlApi implements ControlFamily {

    private final LimitControl control;

    LimitControlApi(LimitControl control) {
        this.control = control;
    }

    record NewLimits(
            @Nullable String path,
            @Nullable Long perDay,
            @Nullable Integer perMinute,
            @Nullable Integer perSecond) {

        Limits limits() {
            return new Limits(required(perDay, "perDay"), perMinute, perSecond);
        }
    }

    record CodeLimit(@Nullable Integer permanentCodes) {}

    record Release(@Nullable Set<String> pages) {}

    @Override
    public void register(ControlRoutes routes) {
        routes.put(
                "/_control/quotas",
                NewLimits.class,
                order -> done(() -> control.limit(required(order.path(), "path"), order.limits())));
        routes.put(
                "/_control/code-limit",
                CodeLimit.class,
                order -> done(() -> control.limitCodes(required(order.permanentCodes(), "permanentCodes"))));
        routes.put(
                "/_control/apps/{appId}/pages",
                "appId",
                Release.class,
                (appId, order) -> done(() -> control.publish(appId, required(order.pages(), "pages"))));
    }
}
