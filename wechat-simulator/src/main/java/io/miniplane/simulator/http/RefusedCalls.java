package io.miniplane.simulator.http;

import io.miniplane.simulator.world.RandomText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Remembers refused calls by the request id in their answers for 7 days, the last 10,000, with secrets blotted out. */
public final class RefusedCalls {

    private static final Duration MEMORY = Duration.ofDays(7);
    private static final int KEPT = 10_000;

    private final InstantSource clock;
    private final Function<String, Optional<String>> appOfToken;
    private final Map<String, RefusedCall> calls = new LinkedHashMap<>();

    /**
     * A memory without calls.
     *
     * @param appOfToken the app that an access token speaks for
     */
    public RefusedCalls(InstantSource clock, Function<String, Optional<String>> appOfToken) {
        this.clock = clock;
        this.appOfToken = appOfToken;
    }

    /**
     * One refused call.
     *
     * @param appId the app that called, empty when the call did not prove it
     * @param at when
     * @param millis how long it took
     * @param url path and query
     * @param requestBody what was sent
     * @param responseBody what was answered
     * @param clientAddress who called
     */
    public record RefusedCall(
            Optional<String> appId,
            Instant at,
            long millis,
            String url,
            String requestBody,
            String responseBody,
            String clientAddress) {

        boolean isOver(Instant now) {
            return at.isBefore(now.minus(MEMORY));
        }
    }

    /** The refused call of a request id; empty when there is none, {@link RefusedCall#at()} may lie too far back. */
    public synchronized Optional<RefusedCall> find(String requestId) {
        return Optional.ofNullable(calls.get(requestId));
    }

    /** Whether a call is remembered no longer, by the rules. */
    public boolean isOver(RefusedCall call) {
        return call.isOver(clock.instant());
    }

    static String newId() {
        return RandomText.hexWord() + "-" + RandomText.hexWord() + "-" + RandomText.hexWord();
    }

    synchronized void add(String requestId, Call call, Reply reply, Duration took) {
        calls.put(
                requestId,
                new RefusedCall(
                        appOfToken.apply(call.query().getOrDefault("access_token", "")),
                        clock.instant(),
                        took.toMillis(),
                        Blots.url(call),
                        Blots.body(call.body()),
                        reply.text(),
                        call.clientAddress()));
        if (calls.size() > KEPT) {
            Iterator<String> oldest = calls.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
