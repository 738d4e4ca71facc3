package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks WeChat whether what users write and upload may be shown. */
public interface ContentChecks {

    /**
     * Judges a text at once.
     *
     * @return the verdict, or a {@link WechatFailure}; {@link WechatFailure.UserInactive} when its author has not used the mini-program within 2 h
     */
    Mono<Verdict> checkText(Text text);

    /**
     * Lets WeChat fetch and judge a picture or a sound. The verdict comes later as the event {@code wxa_media_check}.
     *
     * @return the id that the event will carry, or a {@link WechatFailure}
     */
    Mono<String> checkMedia(Media media);

    /** Where content stands, which decides how strict WeChat is. */
    enum Scene {
        /** A profile. */
        PROFILE(1),
        /** A comment. */
        COMMENT(2),
        /** A forum. */
        FORUM(3),
        /** A social log. */
        SOCIAL_LOG(4);

        private final int number;

        Scene(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }
    }

    /** What a media file is. */
    enum MediaType {
        /** A sound. */
        AUDIO(1),
        /** A picture. */
        IMAGE(2);

        private final int number;

        MediaType(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }
    }

    /** What WeChat would do with content. */
    enum Suggestion {
        /** Show it. */
        PASS,
        /** Let a person look at it. */
        REVIEW,
        /** Not show it. */
        RISKY
    }

    /** What content is about. */
    enum Label {
        /** Nothing objectionable. */
        NORMAL(100),
        /** Advertising. */
        ADVERTISING(10001),
        /** Politics. */
        POLITICS(20001),
        /** Pornography. */
        PORNOGRAPHY(20002),
        /** Abuse. */
        ABUSE(20003),
        /** Crime. */
        CRIME(20006),
        /** Fraud. */
        FRAUD(20008),
        /** Vulgarity. */
        VULGARITY(20012),
        /** Somebody else's work. */
        COPYRIGHT(20013),
        /** Anything else, also what this version does not know by name. */
        OTHER(21000);

        private final int number;

        Label(int number) {
            this.number = number;
        }

        /** How WeChat numbers it. */
        public int number() {
            return number;
        }

        /** The label of a number; {@link #OTHER} for a number that is new. */
        public static Label of(int number) {
            return Arrays.stream(values())
                    .filter(label -> label.number == number)
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    /**
     * A text and its author.
     *
     * @param openId the author
     * @param scene where the text stands
     * @param content 1 to 2,500 characters
     * @param title the title of the text, or null
     * @param nickname the author's nickname, or null
     * @param signature the author's signature, only with {@link Scene#PROFILE}, or null
     */
    record Text(
            String openId,
            Scene scene,
            String content,
            @Nullable String title,
            @Nullable String nickname,
            @Nullable String signature) {

        /** The most characters that WeChat takes at once. */
        public static final int LONGEST = 2500;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Text {
            Rules.id("openId", openId);
            Rules.text("content", content, LONGEST);
            Rules.require(signature == null || scene == Scene.PROFILE, Reason.of("only-in-profiles", "signature"));
        }

        /** A text without anything beside it. */
        public static Text of(String openId, Scene scene, String content) {
            return new Text(openId, scene, content, null, null, null);
        }

        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /**
     * A media file and its author.
     *
     * @param openId the author
     * @param scene where the file is shown
     * @param type what it is
     * @param url where WeChat can fetch it, http or https
     */
    record Media(String openId, Scene scene, MediaType type, URI url) {

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Media {
            Rules.id("openId", openId);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            Rules.require(web && url.getHost() != null, Reason.of("not-a-web-address", "url"));
        }

        @Override
        public String toString() {
            return "Media[redacted]";
        }
    }

    /**
     * What WeChat thinks of a text.
     *
     * @param suggestion what it would do
     * @param label what the text is about
     * @param traceId how WeChat names this check
     */
    record Verdict(Suggestion suggestion, Label label, String traceId) {}
}
