package io.miniplane.simulator.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The days of WeChat, which begin at midnight in Beijing. */
final class Beijing {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Beijing() {}

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }
}
