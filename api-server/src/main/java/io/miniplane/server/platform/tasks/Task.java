package io.miniplane.server.platform.tasks;

import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Work that is done once, at the wish of whoever starts the program. A module contributes it as a bean. It may be killed at any moment and started again. */
public interface Task {

    /** What it is called after {@code --task=}. */
    String name();

    /** The names of the options that it takes, each {@code --name=value}. */
    Set<String> options();

    /**
     * Does the work.
     *
     * @param options those of {@link #options} that were given
     * @return one sentence that says what was done, or the error {@link TaskRefused} where an option makes no sense
     */
    Mono<String> run(Map<String, String> options);
}
