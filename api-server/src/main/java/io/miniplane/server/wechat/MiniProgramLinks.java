package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes and reads addresses that open the mini-program from outside WeChat. WeChat counts each one that is made. */
public interface MiniProgramLinks {

    /** An address of the form {@code weixin://…}. */
    Mono<String> scheme(Target target, Expiry expiry);

    /** What an address of the form {@code weixin://…} opens. */
    Mono<LinkInfo> schemeInfo(String scheme);

    /** An address of the form {@code https://wxaurl.cn/…}. */
    Mono<String> urlLink(Target target, Expiry expiry);

    /** What an address of the form {@code https://wxaurl.cn/…} opens. */
    Mono<LinkInfo> urlLinkInfo(String urlLink);

    /** An address of the form {@code #小程序://…}, which opens within WeChat. */
    Mono<String> shortLink(ShortLink link);

    /**
     * What opens.
     *
     * @param path the page without query, empty for the first page
     * @param query the query without question mark, at most 1,024 characters
     * @param version the version of the mini-program
     */
    record Target(String path, String query, AppVersion version) {

        private static final int LONGEST = 1024;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Target {
            Rules.shortText("path", path, LONGEST);
            Rules.require(path.indexOf('?') < 0, Reason.of("not-a-page", "path"));
            Rules.shortText("query", query, LONGEST);
        }
    }

    /** How long an address opens anything, at most 30 days. */
    sealed interface Expiry {}

    /**
     * Until a moment.
     *
     * @param moment a minute to 30 days ahead
     */
    record Until(Instant moment) implements Expiry {}

    /**
     * For some days.
     *
     * @param days 1 to 30
     */
    record ForDays(int days) implements Expiry {

        private static final int MOST = 30;

        /** @throws WechatFailure.BadArgument when there are too few or too many */
        public ForDays {
            Rules.within("days", days, 1, MOST);
        }
    }

    /**
     * A short link.
     *
     * @param page the page with its query, at most 1,024 characters
     * @param title what the link is called, at most 20 characters
     * @param permanent whether it never ends; an app can have only so many of these
     */
    record ShortLink(String page, String title, boolean permanent) {

        private static final int LONGEST_PAGE = 1024;
        private static final int LONGEST_TITLE = 20;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public ShortLink {
            Rules.text("page", page, LONGEST_PAGE);
            Rules.shortText("title", title, LONGEST_TITLE);
        }
    }

    /**
     * What an address opens.
     *
     * @param path the page
     * @param query its query
     * @param version the version of the mini-program
     * @param createdAt when it was made
     * @param expiresAt when it ends, or null where it never does
     */
    record LinkInfo(
            String path,
            String query,
            AppVersion version,
            Instant createdAt,
            @Nullable Instant expiresAt) {}
}
