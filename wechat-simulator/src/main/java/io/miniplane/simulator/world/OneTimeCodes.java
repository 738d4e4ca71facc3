package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Codes that a mini-program gets on the phone: each works once, within 5 minutes, for one app and one user. */
public final class OneTimeCodes {

    /** How long a code lives. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final int LENGTH = 32;

    private final InstantSource clock;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    OneTimeCodes(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What stands behind a code.
     *
     * @param appId the app it was made in
     * @param openId the user it speaks for
     * @param used whether it was redeemed already
     * @param expiresAt the first instant at which it is no longer known
     */
    public record Ticket(String appId, String openId, boolean used, Instant expiresAt) {}

    /** Makes a code. */
    public synchronized String issue(String appId, String openId) {
        Instant now = clock.instant();
        forgetUntil(now);
        String code = "0" + RandomText.letters(LENGTH - 1);
        tickets.put(code, new Ticket(appId, openId, false, now.plus(LIFE)));
        return code;
    }

    /** The ticket of a code; empty when the code is unknown or expired. */
    public synchronized Optional<Ticket> find(String code) {
        return Optional.ofNullable(tickets.get(code))
                .filter(ticket -> clock.instant().isBefore(ticket.expiresAt()));
    }

    /** Uses the code up and says whether this call was the one that did. */
    public synchronized boolean use(String code) {
        Optional<Ticket> ticket = find(code).filter(found -> !found.used());
        ticket.ifPresent(
                found -> tickets.put(code, new Ticket(found.appId(), found.openId(), true, found.expiresAt())));
        return ticket.isPresent();
    }

    /** The codes that are remembered with their tickets, the oldest first. */
    public synchronized Map<String, Ticket> all() {
        return new LinkedHashMap<>(tickets);
    }

    /** All codes live equally long, so the oldest stand first. */
    private void forgetUntil(Instant now) {
        Iterator<Ticket> oldest = tickets.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().expiresAt())) {
            oldest.remove();
        }
    }
}
