package io.miniplane.server.content.infrastructure;

import io.miniplane.server.content.application.Checks;
import io.miniplane.server.content.application.Outcome;
import io.miniplane.server.wechat.ContentChecks.Label;
import io.miniplane.server.wechat.ContentChecks.Suggestion;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage.MediaCheck;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Notes the verdicts on files that WeChat pushes. */
@Component
final class MediaVerdicts implements PushHandler<MediaCheck> {

    private final Checks checks;

    MediaVerdicts(Checks checks) {
        this.checks = checks;
    }

    @Override
    public String name() {
        return "content-verdicts";
    }

    @Override
    public Class<MediaCheck> type() {
        return MediaCheck.class;
    }

    @Override
    public Mono<Void> handle(MediaCheck message) {
        return checks.settle(message.traceId(), outcome(message));
    }

    /** What this version does not know is left to a person. */
    private static Outcome outcome(MediaCheck message) {
        return message.errcode() == 0
                ? new Outcome.Judged(suggestion(message.suggest()), Label.of(message.label()))
                : new Outcome.Failed();
    }

    private static Suggestion suggestion(String told) {
        return Arrays.stream(Suggestion.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(told))
                .findFirst()
                .orElse(Suggestion.REVIEW);
    }
}
