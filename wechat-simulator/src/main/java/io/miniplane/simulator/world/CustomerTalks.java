package io.miniplane.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Who wrote to which app: within 48 hours after a message of the user the app may send 5. */
public final class CustomerTalks {

    private static final Duration WINDOW = Duration.ofDays(2);
    private static final int ANSWERS = 5;

    private final InstantSource clock;
    private final Map<Talker, Talk> talks = new HashMap<>();

    CustomerTalks(InstantSource clock) {
        this.clock = clock;
    }

    private record Talker(String appId, String openId) {}

    private record Talk(Instant until, int left) {}

    /** What becomes of a wish to answer. */
    public enum Answer {
        ALLOWED,
        TOO_LATE,
        TOO_MANY
    }

    /** The user writes now. */
    public synchronized void wrote(String appId, String openId) {
        talks.put(new Talker(appId, openId), new Talk(clock.instant().plus(WINDOW), ANSWERS));
    }

    /** Asks to answer and counts it when it is allowed. */
    public synchronized Answer answer(String appId, String openId) {
        Talker talker = new Talker(appId, openId);
        Talk talk = talks.get(talker);
        if (talk == null || !clock.instant().isBefore(talk.until())) {
            return Answer.TOO_LATE;
        }
        if (talk.left() == 0) {
            return Answer.TOO_MANY;
        }
        talks.put(talker, new Talk(talk.until(), talk.left() - 1));
        return Answer.ALLOWED;
    }
}
