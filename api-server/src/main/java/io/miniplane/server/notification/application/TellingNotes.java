package io.miniplane.server.notification.application;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** Which events somebody was, or may have been, told of. */
public interface TellingNotes {

    /** Notes that somebody is about to be told; false where that was noted before. */
    Mono<Boolean> begin(UUID event);

    /** Takes the note back, because nothing was sent. */
    Mono<Void> takeBack(UUID event);
}
