package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.RiskRule;
import io.miniplane.server.wechat.RiskRanks;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whether WeChat is asked at each login how risky the user is; it charges for the answer, so it is off at first.
 *
 * @param enabled whether it is asked
 * @param blockFrom the lowest rank that is kept out: WeChat's ranks go from 0, no risk found, to 4
 * @param scene what WeChat is told that the user is about to do: 0 to register or log in, 1 to take part in a promotion
 * @param timeLimit how long its answer is waited for
 * @param failClosed whether a login fails when WeChat does not answer in time; otherwise it goes on
 */
@Validated
@ConfigurationProperties("miniplane.identity.risk")
record RiskSettings(
        @DefaultValue("false") boolean enabled,

        @Min(value = 1, message = RANKS) @Max(value = 4, message = RANKS) @DefaultValue("4")
        int blockFrom,

        @Min(value = 0, message = SCENES) @Max(value = 1, message = SCENES) @DefaultValue("0")
        int scene,

        @DurationMin(millis = 50, message = "set it to a time from 50ms to 3s")
        @DurationMax(seconds = 3, message = "set it to a time from 50ms to 3s")
        @DefaultValue("800ms")
        Duration timeLimit,

        @DefaultValue("false") boolean failClosed) {

    private static final String RANKS = "set it to a rank from 1 to 4";
    private static final String SCENES = "set it to 0, register or log in, or to 1, a promotion";

    RiskRule rule() {
        RiskRanks.Scene asked = scene == 0 ? RiskRanks.Scene.REGISTRATION : RiskRanks.Scene.MARKETING;
        return new RiskRule(enabled, blockFrom, asked, timeLimit, failClosed);
    }
}
