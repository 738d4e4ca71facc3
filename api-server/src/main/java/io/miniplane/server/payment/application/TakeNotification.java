package io.miniplane.server.payment.application;

import io.miniplane.server.payment.domain.PaymentNews;
import io.miniplane.server.wechat.PayNotificationRefused.Reason;
import io.miniplane.server.wechat.PayNotifications;
import io.miniplane.server.wechat.PayNotifications.News;
import io.miniplane.server.wechat.PayNotifications.Notification;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Takes what WeChat Pay sends: checks it, keeps it once however often it comes, and leaves the rest to the handler. */
public final class TakeNotification {

    private final PayNotifications notifications;
    private final NewsBox box;

    /** Keeps in the box what it opens. */
    public TakeNotification(PayNotifications notifications, NewsBox box) {
        this.notifications = notifications;
        this.box = box;
    }

    /** Takes a notification; fails with a {@link io.miniplane.server.wechat.PayNotificationRefused} when it is not what it should be. */
    public Mono<Outcome> take(PayNotifications.Signature signature, byte[] body) {
        return notifications.open(signature, body).flatMap(this::keep);
    }

    private Mono<Outcome> keep(Notification notification) {
        return news(notification.news())
                .map(news -> box.putOnce(notification.id(), news, notification.resource())
                        .map(isNew -> isNew ? Outcome.ACCEPTED : Outcome.DUPLICATE))
                .orElseGet(() -> Mono.just(Outcome.IGNORED));
    }

    private static Optional<PaymentNews> news(News told) {
        return switch (told) {
            case News.OfPayment(var transaction) ->
                transaction.isPaid()
                        ? Optional.of(Told.of(transaction).orElseThrow(Reason.WRONG_NUMBER::refusal))
                        : Optional.empty();
            case News.OfRefund(var refund) -> Optional.of(Told.of(refund).orElseThrow(Reason.WRONG_NUMBER::refusal));
            case News.OfAnythingElse(var event) -> Optional.empty();
        };
    }

    /** What became of a notification that was not refused. */
    public enum Outcome {
        /** It is kept. */
        ACCEPTED,
        /** It was kept before. */
        DUPLICATE,
        /** It tells nothing that is of use. */
        IGNORED
    }
}
