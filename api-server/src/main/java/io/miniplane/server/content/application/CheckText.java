package io.miniplane.server.content.application;

import io.miniplane.server.identity.UsersAtWechat;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.ContentChecks.Scene;
import io.miniplane.server.wechat.ContentChecks.Text;
import io.miniplane.server.wechat.ContentChecks.Verdict;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Has a text judged at once; it is not kept. */
public final class CheckText {

    private static final ErrorCode SESSION_ENDED = new ErrorCode(40104);

    private final UsersAtWechat users;
    private final ContentChecks wechat;

    /** Asks WeChat in the name of the author. */
    public CheckText(UsersAtWechat users, ContentChecks wechat) {
        this.users = users;
        this.wechat = wechat;
    }

    /**
     * Checks a text.
     *
     * @return the verdict, or a failure: 40104 where the account is gone, else one of {@link ContentChecks#checkText}
     */
    public Mono<Verdict> check(UserId author, Draft draft) {
        return openId(users, author).map(draft::by).flatMap(wechat::checkText);
    }

    static Mono<String> openId(UsersAtWechat users, UserId author) {
        return users.openId(author).switchIfEmpty(Mono.error(CheckText::gone));
    }

    static Failure gone() {
        return new Failure(SESSION_ENDED);
    }

    /**
     * A text that somebody wants to publish.
     *
     * @param scene where it will stand
     * @param content 1 to {@value Text#LONGEST} characters
     * @param title its title, or null
     * @param nickname the author's nickname, or null
     */
    public record Draft(
            Scene scene,
            String content,
            @Nullable String title,
            @Nullable String nickname) {

        private Text by(String openId) {
            return new Text(openId, scene, content, title, nickname, null);
        }

        @Override
        public String toString() {
            return "Draft[redacted]";
        }
    }
}
