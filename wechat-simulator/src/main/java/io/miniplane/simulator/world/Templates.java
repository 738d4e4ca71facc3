package io.miniplane.simulator.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The templates of subscribe messages that each app has, at most 25. */
public final class Templates {

    private static final int LIMIT = 25;

    private final Map<String, Map<String, Template>> byApp = new LinkedHashMap<>();

    Templates() {}

    /** What becomes of a wish to add a template. */
    public enum Answer {
        ADDED,
        FULL,
        THERE_ALREADY
    }

    /** Adds a template, unless the app has 25 or one of the same title and fields. */
    public synchronized Answer add(String appId, Template template) {
        Map<String, Template> own = byApp.computeIfAbsent(appId, app -> new LinkedHashMap<>());
        boolean there = own.values().stream()
                .anyMatch(other ->
                        other.title().equals(template.title()) && other.fields().equals(template.fields()));
        if (there) {
            return Answer.THERE_ALREADY;
        }
        if (own.size() >= LIMIT) {
            return Answer.FULL;
        }
        own.put(template.id(), template);
        return Answer.ADDED;
    }

    /** Puts a template in, whatever the app has. */
    public synchronized void put(String appId, Template template) {
        byApp.computeIfAbsent(appId, app -> new LinkedHashMap<>()).put(template.id(), template);
    }

    /** Removes a template and says whether it was there. */
    public synchronized boolean remove(String appId, String id) {
        return byApp.getOrDefault(appId, new LinkedHashMap<>()).remove(id) != null;
    }

    /** The template of an id. */
    public synchronized Optional<Template> find(String appId, String id) {
        return Optional.ofNullable(byApp.getOrDefault(appId, Map.of()).get(id));
    }

    /** All templates of an app, oldest first. */
    public synchronized List<Template> of(String appId) {
        return List.copyOf(byApp.getOrDefault(appId, Map.of()).values());
    }
}
