package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import reactor.core.publisher.Mono;

/** Answers users who wrote to the mini-program's customer service. */
public interface CustomerMessages {

    /**
     * Sends one message to a user who wrote lately. It is never sent twice: after a failure that leaves open whether it was sent it is the
     * caller's to decide.
     *
     * @return nothing, or a {@link WechatFailure}: {@link WechatFailure.UserInactive} when the user wrote too long ago or got too many answers
     */
    Mono<Void> send(String openId, Content content);

    /** What a message says. */
    sealed interface Content {}

    /**
     * A text.
     *
     * @param text at most 2,048 bytes in UTF-8
     */
    record Text(String text) implements Content {

        private static final int LONGEST = 2048;

        /** @throws WechatFailure.BadArgument when it breaks a rule */
        public Text {
            Rules.text("text", text, LONGEST);
        }

        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /**
     * A picture.
     *
     * @param mediaId the picture as it was uploaded to WeChat
     */
    record Image(String mediaId) implements Content {

        /** @throws WechatFailure.BadArgument when it breaks a rule */
        public Image {
            Rules.id("mediaId", mediaId);
        }
    }

    /**
     * A link with a picture.
     *
     * @param title its title
     * @param description what it leads to
     * @param url where it leads
     * @param thumbnailUrl the picture beside it
     */
    record Link(String title, String description, String url, String thumbnailUrl) implements Content {

        private static final int LONGEST = 1024;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Link {
            Rules.text("title", title, LONGEST);
            Rules.shortText("description", description, LONGEST);
            Rules.require(url.startsWith("http"), Reason.of("not-a-web-address", "url"));
            Rules.shortText("thumbnailUrl", thumbnailUrl, LONGEST);
        }

        @Override
        public String toString() {
            return "Link[redacted]";
        }
    }

    /**
     * A card that opens a page of the mini-program.
     *
     * @param title its title
     * @param page the page with its query
     * @param thumbnailMediaId the picture on it, as it was uploaded to WeChat
     */
    record PageCard(String title, String page, String thumbnailMediaId) implements Content {

        private static final int LONGEST = 1024;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public PageCard {
            Rules.text("title", title, LONGEST);
            Rules.text("page", page, LONGEST);
            Rules.id("thumbnailMediaId", thumbnailMediaId);
        }

        @Override
        public String toString() {
            return "PageCard[redacted]";
        }
    }
}
