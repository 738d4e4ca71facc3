package io.miniplane.simulator.world;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pages that apps have released; of an app about which nothing was said every page is. */
public final class Pages {

    private final Map<String, Set<String>> byApp = new ConcurrentHashMap<>();

    Pages() {}

    /** Names all pages of an app; none at all means that it was never released. */
    public void publish(String appId, Set<String> pages) {
        byApp.put(appId, Set.copyOf(pages));
    }

    /** Whether the app was released. */
    public boolean isReleased(String appId) {
        Set<String> pages = byApp.get(appId);
        return pages == null || !pages.isEmpty();
    }

    /** Whether the app has this page, whatever query follows; no page stands for the first one. */
    public boolean has(String appId, String page) {
        Set<String> pages = byApp.get(appId);
        String path = page.replaceFirst("\\?.*", "").replaceFirst("^/", "");
        return pages == null || pages.isEmpty() || path.isEmpty() || pages.contains(path);
    }
}
