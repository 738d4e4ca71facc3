package io.miniplane.server.content.application;

import io.miniplane.server.content.application.ContentCheck.MediaFile;
import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.ContentChecks.Media;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Lets WeChat fetch and judge a file; the verdict comes later. */
public final class CheckMedia {

    private final UsersAtWechat users;
    private final ContentChecks wechat;
    private final Checks checks;
    private final Supplier<UUID> ids;
    private final Clock clock;

    /** Asks WeChat in the name of the author, and keeps what was asked. */
    public CheckMedia(UsersAtWechat users, ContentChecks wechat, Checks checks, Supplier<UUID> ids, Clock clock) {
        this.users = users;
        this.wechat = wechat;
        this.checks = checks;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Begins the check of a file.
     *
     * @return the check, which is pending, or a failure: 40104 where the account is gone, else one of {@link ContentChecks#checkMedia}
     */
    public Mono<ContentCheck> check(UserId author, MediaFile file) {
        return CheckText.openId(users, author)
                .flatMap(openId -> wechat.checkMedia(new Media(openId, file.scene(), file.type(), file.url())))
                .flatMap(traceId -> keep(author, file, traceId));
    }

    /** An account that ends meanwhile may have had its checks forgotten before this one was kept. */
    private Mono<ContentCheck> keep(UserId author, MediaFile file, String traceId) {
        ContentCheck check = new ContentCheck(
                ids.get(), author, file, new Outcome.Pending(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        return checks.add(check, traceId)
                .then(users.openId(author))
                .switchIfEmpty(Mono.defer(() -> checks.forget(author)).then(Mono.error(CheckText::gone)))
                .thenReturn(check);
    }
}
