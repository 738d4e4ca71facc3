package io.miniplane.server.notification.application;

import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.platform.events.HopelessEventException;
import io.miniplane.server.wechat.SubscribeMessages;
import io.miniplane.server.wechat.SubscribeMessages.Message;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Tells a buyer what happened to an order, at most once per event: the event is noted before the message is sent. A process that dies in between
 * leaves the buyer untold rather than told twice.
 */
public final class TellBuyer {

    private final Map<Occasion, Template> templates;
    private final UsersAtWechat users;
    private final SubscribeMessages messages;
    private final TellingNotes notes;
    private final TellingCount count;

    /** @param templates what is told when; an occasion without a template is told to nobody */
    public TellBuyer(
            Map<Occasion, Template> templates,
            UsersAtWechat users,
            SubscribeMessages messages,
            TellingNotes notes,
            TellingCount count) {
        this.templates = Map.copyOf(templates);
        this.users = users;
        this.messages = messages;
        this.notes = notes;
        this.count = count;
    }

    /**
     * Tells the buyer.
     *
     * @param id of the event
     * @return what came of it; empty where nobody is to be told. An error means that nothing was sent: a {@link HopelessEventException} where people
     *     have to change something first, else one that goes by
     */
    public Mono<Told> tell(UUID id, Occasion occasion, OrderEvent event, Instant at) {
        Template template = templates.get(occasion);
        return template == null
                ? Mono.empty()
                : users.openId(event.user())
                        .map(openId -> template.message(openId, Wording.of(event, at)))
                        .flatMap(message -> once(id, message))
                        .defaultIfEmpty(Told.UNREACHABLE)
                        .onErrorResume(WechatFailure.class, failure -> judge(failure, occasion))
                        .doOnNext(count::add)
                        .doOnError(error -> count.add(
                                error instanceof HopelessEventException ? Told.MISCONFIGURED : Told.POSTPONED));
    }

    private Mono<Told> once(UUID id, Message message) {
        return notes.begin(id).flatMap(first -> first ? send(id, message) : Mono.just(Told.UNCLEAR));
    }

    private Mono<Told> send(UUID id, Message message) {
        return messages.send(message)
                .thenReturn(Told.SENT)
                .onErrorResume(TellBuyer::isUnclear, open -> Mono.just(Told.UNCLEAR))
                .onErrorResume(
                        WechatFailure.class, failure -> notes.takeBack(id).then(Mono.error(failure)));
    }

    private static boolean isUnclear(Throwable error) {
        return switch (error) {
            case WechatFailure.Unavailable away -> !away.untouched() && away.errcode() == null;
            case WechatFailure.Unintelligible odd -> true;
            default -> false;
        };
    }

    private static Mono<Told> judge(WechatFailure failure, Occasion occasion) {
        return switch (failure) {
            case WechatFailure.SubscriptionRefused refused -> Mono.just(Told.REFUSED);
            case WechatFailure.UserUnknown unknown -> Mono.just(Told.UNREACHABLE);
            case WechatFailure.Unavailable away -> Mono.error(away);
            case WechatFailure.QuotaUsedUp used -> Mono.error(used);
            case WechatFailure.Refused refused -> Mono.error(refused);
            default -> Mono.error(new HopelessEventException(sentence(failure, occasion)));
        };
    }

    private static String sentence(WechatFailure failure, Occasion occasion) {
        String setting = "miniplane.notifications.templates." + occasion.name().toLowerCase(Locale.ROOT);
        String what =
                switch (failure) {
                    case WechatFailure.NothingThere gone ->
                        "the mini-program has no template of this id: correct its id";
                    case WechatFailure.ContentRefused refused ->
                        "WeChat objects to what the message says: change its keywords";
                    case WechatFailure.NotAuthorised banned ->
                        "WeChat lets the mini-program send no messages: look into its console";
                    default -> "a keyword, its value or the page does not fit the template: correct them";
                };
        return setting + ": " + what + " (" + failure.getMessage() + "), then replay the letter.";
    }
}
