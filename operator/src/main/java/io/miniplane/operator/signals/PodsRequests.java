package io.miniplane.operator.signals;

import java.util.List;
import java.util.Optional;

/**
 * How requests to some pods of a backend went.
 *
 * @param recent those of the last minute
 * @param all those since the pods started
 * @param gap why the figures are not the whole truth, in a few words for people; nothing when every pod was read
 */
public record PodsRequests(ServedRequests recent, ServedRequests all, Optional<String> gap) {

    /** Nothing is known. */
    static PodsRequests unknown(String gap) {
        return new PodsRequests(
                ServedRequests.sum(Optional.of(RequestHistory.WINDOW), List.of()),
                ServedRequests.sum(Optional.empty(), List.of()),
                Optional.of(gap));
    }
}
