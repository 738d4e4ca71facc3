package io.miniplane.server.identity.application;

import io.miniplane.server.wechat.RiskRanks;
import java.time.Duration;

/**
 * Which users are too risky to log in.
 *
 * @param enabled whether WeChat is asked at all
 * @param blockFrom the lowest rank that is kept out, 1 to 4
 * @param scene what WeChat is told that the user is about to do
 * @param timeLimit how long its answer is waited for
 * @param failClosed whether a login fails when WeChat does not answer
 */
public record RiskRule(boolean enabled, int blockFrom, RiskRanks.Scene scene, Duration timeLimit, boolean failClosed) {}
