package io.miniplane.simulator.world;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The apps whose calls are encrypted and signed. */
public final class SecuredApps {

    private final Map<String, AppSecurity> byApp = new ConcurrentHashMap<>();

    SecuredApps() {}

    /** Secures an app, or secures it otherwise. */
    public void put(String appId, AppSecurity security) {
        byApp.put(appId, security);
    }

    /** Lets an app call in the clear again. */
    public void remove(String appId) {
        byApp.remove(appId);
    }

    /** How an app is secured. */
    public Optional<AppSecurity> find(String appId) {
        return Optional.ofNullable(byApp.get(appId));
    }

    /** Changes how an app is secured; empty when it is not. */
    public Optional<AppSecurity> change(String appId, UnaryOperator<AppSecurity> change) {
        return Optional.ofNullable(byApp.computeIfPresent(appId, (id, security) -> change.apply(security)));
    }
}
