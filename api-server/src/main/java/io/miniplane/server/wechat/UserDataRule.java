package io.miniplane.server.wechat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which watermarks are accepted in data that the mini-program hands on.
 *
 * @param appId the app that WeChat must have made it for
 * @param maxAge how long ago WeChat may have made it
 * @param clockSkew how far WeChat's clock and ours may differ; it extends the age and allows as much of the future
 * @param clock our clock
 */
public record UserDataRule(String appId, Duration maxAge, Duration clockSkew, InstantSource clock) {

    /** @throws UserDataRefused when the watermark is of another app, or not of the last while */
    void check(String watermarkAppId, Instant madeAt) {
        if (!watermarkAppId.equals(appId)) {
            throw UserDataRefused.notTheirs();
        }
        Duration age = Duration.between(madeAt, clock.instant());
        if (age.compareTo(maxAge.plus(clockSkew)) > 0 || age.compareTo(clockSkew.negated()) < 0) {
            throw UserDataRefused.stale();
        }
    }
}
