package io.miniplane.simulator.pay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The course of one notification: deliveries until one is acknowledged or the schedule is over, then the duplicates. */
final class NoticeCourse {

    /** How long WeChat Pay waits after each delivery that was not acknowledged. */
    static final List<Duration> SCHEDULE = List.of(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(60),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(6));

    private final Notices notices;
    private final Notice notice;
    private final NoticeText text;
    private final Disturbance disturbance;
    private final Pen pen;

    NoticeCourse(Notices notices, Notice notice, NoticeText text, Disturbance disturbance, Pen pen) {
        this.notices = notices;
        this.notice = notice;
        this.text = text;
        this.disturbance = disturbance;
        this.pen = pen;
    }

    /** Writes and signs deliveries. */
    record Pen(String apiV3Key, PayKey key, SignedHeaders headers) {

        Notices.Letter write(Notice notice, NoticeText text, @Nullable NoticeFault fault) {
            String body = text.body(notice.id(), notice.at(), apiV3Key, fault);
            AnswerFault ofSignature = fault == null ? null : fault.ofSignature();
            return Notices.Letter.of(body, headers.of(key, body, Instant.now(), ofSignature));
        }

        /** Tells nothing of the keys. */
        @Override
        public String toString() {
            return "[redacted]";
        }
    }

    Mono<Notice> run() {
        return start().then(Mono.defer(() -> deliver(1))).map(last -> {
            Notice ended = notices.current(notice).ended();
            notices.note(ended, null);
            notices.release();
            return ended;
        });
    }

    private Mono<?> start() {
        if (disturbance.fault() == NoticeFault.REORDER) {
            return notices.untilAnother();
        }
        Duration late = SCHEDULE.getFirst().multipliedBy(disturbance.times(NoticeFault.DELAY));
        return late.isZero() ? Mono.empty() : notices.pause(late);
    }

    private Mono<Notice.Delivery> deliver(int number) {
        return one(number).flatMap(delivery -> {
            if (delivery.accepted()) {
                return duplicates(delivery);
            }
            return number > SCHEDULE.size()
                    ? Mono.just(delivery)
                    : notices.pause(SCHEDULE.get(number - 1)).then(Mono.defer(() -> deliver(number + 1)));
        });
    }

    private Mono<Notice.Delivery> one(int number) {
        NoticeFault fault = disturbance.of(number);
        if (fault == NoticeFault.LOSE) {
            Notice.Delivery lost =
                    Notice.Delivery.failed(number, Instant.now(), 0, "It got lost on the way, on purpose.");
            notices.note(notices.current(notice).with(lost), null);
            return Mono.just(lost);
        }
        return notices.deliver(notice, number, pen.write(notice, text, fault));
    }

    private Mono<Notice.Delivery> duplicates(Notice.Delivery accepted) {
        return Flux.range(1, disturbance.times(NoticeFault.DUPLICATE))
                .concatMap(copy -> notices.replay(notice.id()))
                .last(accepted);
    }
}
