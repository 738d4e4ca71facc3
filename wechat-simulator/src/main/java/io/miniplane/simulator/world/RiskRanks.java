package io.miniplane.simulator.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How risky WeChat holds each user: from 0, harmless, to 4. */
public final class RiskRanks {

    private static final int HIGHEST = 4;

    private final Map<String, Integer> ranks = new ConcurrentHashMap<>();

    RiskRanks() {}

    /**
     * Sets the rank of a user.
     *
     * @throws IllegalArgumentException when the rank is not from 0 to 4
     */
    public void put(String openId, int rank) {
        if (rank < 0 || rank > HIGHEST) {
            throw new IllegalArgumentException("A risk rank is a number from 0 to 4.");
        }
        ranks.put(openId, rank);
    }

    /** The rank of a user, 0 when none was set. */
    public int of(String openId) {
        return ranks.getOrDefault(openId, 0);
    }
}
