package io.miniplane.server.wechat.infrastructure;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Keeps the forced refreshes of the access token, over all servers of the app, within what WeChat allows: 20 in a day, 30 s apart. */
interface ForcedRefreshes {

    /** Asks for a refresh, which counts when it is granted. An error means that it is not. */
    Mono<Answer> ask();

    /**
     * What came of asking.
     *
     * @param granted whether the token may be replaced by force, once
     * @param sinceLast how long ago a refresh was granted last; zero where it is this one
     * @param untilNext how long until the next one may be granted
     */
    record Answer(boolean granted, Duration sinceLast, Duration untilNext) {}
}
