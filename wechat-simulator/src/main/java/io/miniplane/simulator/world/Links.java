package io.miniplane.simulator.world;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The links and codes that open apps. */
public final class Links {

    private static final int PERMANENT_SHORT_LINKS = 100_000;
    private static final int PERMANENT_CODES = 100_000;
    private static final int TOKEN_LENGTH = 11;

    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> shortLinks = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> codes = new ConcurrentHashMap<>();

    private volatile int codeLimit = PERMANENT_CODES;

    Links() {}

    /**
     * Where a link leads.
     *
     * @param appId the app that it opens
     * @param path the page, empty for the first one
     * @param query what the page gets
     * @param version release, trial or develop
     * @param createdAt when it was made
     * @param expiresAt when it ends, or null when it does not
     */
    public record Link(
            String appId,
            String path,
            String query,
            String version,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    /** Makes a link whose text begins like this. */
    public String add(String prefix, Link link) {
        String text = prefix + RandomText.letters(TOKEN_LENGTH);
        links.put(text, link);
        return text;
    }

    /** What stands behind a link. */
    public Optional<Link> find(String text) {
        return Optional.ofNullable(links.get(text));
    }

    /** Counts a permanent short link and says whether the app may have it. */
    public boolean mayHaveShortLink(String appId) {
        return mayHave(shortLinks, appId, PERMANENT_SHORT_LINKS);
    }

    /** Counts a permanent code and says whether the app may have it. */
    public boolean mayHaveCode(String appId) {
        return mayHave(codes, appId, codeLimit);
    }

    /** Sets how many permanent codes an app may have. */
    public void codeLimit(int limit) {
        codeLimit = limit;
    }

    private static boolean mayHave(Map<String, AtomicInteger> counts, String appId, int limit) {
        AtomicInteger count = counts.computeIfAbsent(appId, app -> new AtomicInteger());
        return count.getAndUpdate(used -> Math.min(used + 1, limit)) < limit;
    }
}
