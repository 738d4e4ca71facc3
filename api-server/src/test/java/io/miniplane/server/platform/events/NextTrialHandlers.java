package io.miniplane.server.platform.events;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** The {@link TrialHandlers} of a next version, whose queues are the same and one of which wants one more type. */
class NextTrialHandlers {

    @Bean
    EventHandlers nextHandlers(DatabaseClient database) {
        return EventHandlers.of(
                new TrialHandlers.Counting(
                        "trial.first",
                        Set.of("trial.counted", "trial.personal", "trial.next"),
                        EventHandler.Effect.DATABASE,
                        database),
                new TrialHandlers.Counting(
                        "trial.elsewhere", Set.of("trial.counted"), EventHandler.Effect.ELSEWHERE, database));
    }
}
