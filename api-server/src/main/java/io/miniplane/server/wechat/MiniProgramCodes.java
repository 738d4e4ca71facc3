package io.miniplane.server.wechat;

import io.miniplane.server.platform.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes pictures that open the mini-program when they are scanned. */
public interface MiniProgramCodes {

    /** A mini-program code of which there may be any number, told apart by a short scene. */
    Mono<CodeImage> unlimited(UnlimitedCode code);

    /** A mini-program code of which an app can have only so many in its life, together with {@link #qrCode}. */
    Mono<CodeImage> limited(LimitedCode code);

    /** A QR code of which an app can have only so many in its life, together with {@link #limited}. */
    Mono<CodeImage> qrCode(QrCode code);

    /**
     * How a mini-program code looks.
     *
     * @param width pixels, 280 to 1,280
     * @param automaticColour whether WeChat picks the colour of the lines
     * @param lineColour red, green and blue of the lines as {@code 0xRRGGBB}, or null for black; only without automatic colour
     * @param transparent whether the ground is transparent
     */
    record Look(
            int width, boolean automaticColour, @Nullable Integer lineColour, boolean transparent) {

        /** Pixels that WeChat uses when nobody says. */
        public static final int USUAL_WIDTH = 430;

        private static final int LEAST = 280;
        private static final int MOST = 1280;
        private static final int WHITE = 0xffffff;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public Look {
            Rules.within("width", width, LEAST, MOST);
            if (lineColour != null) {
                Rules.within("lineColour", lineColour, 0, WHITE);
            }
        }

        /** Black on white, 430 pixels wide. */
        public static Look usual() {
            return new Look(USUAL_WIDTH, false, null, false);
        }
    }

    /**
     * A code of which there may be any number.
     *
     * @param scene 1 to 32 visible characters that the page gets as {@code scene}
     * @param page the page without slash at its beginning and without query, or null for the first page
     * @param checkPage whether the page has to exist in the released version
     * @param version the version of the mini-program that opens
     * @param look how it looks
     */
    record UnlimitedCode(String scene, @Nullable String page, boolean checkPage, AppVersion version, Look look) {

        private static final String SCENE = "[0-9A-Za-z!#$&'()*+,/:;=?@\\-._~]{1,32}";

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public UnlimitedCode {
            Rules.require(scene.matches(SCENE), Reason.of("not-a-scene", "scene"));
            if (page != null) {
                Rules.require(!page.startsWith("/") && page.indexOf('?') < 0, Reason.of("not-a-page", "page"));
            }
        }
    }

    /**
     * A code of which an app can have only so many.
     *
     * @param path the page with its query, 1 to 1,024 characters
     * @param version the version of the mini-program that opens
     * @param look how it looks
     */
    record LimitedCode(String path, AppVersion version, Look look) {

        private static final int LONGEST = 1024;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public LimitedCode {
            Rules.text("path", path, LONGEST);
        }
    }

    /**
     * A QR code.
     *
     * @param path the page with its query, 1 to 128 characters
     * @param width pixels, 280 to 1,280
     */
    record QrCode(String path, int width) {

        private static final int LONGEST = 128;

        /** @throws WechatFailure.BadArgument when a value breaks a rule */
        public QrCode {
            Rules.text("path", path, LONGEST);
            Rules.within("width", width, Look.LEAST, Look.MOST);
        }
    }

    /** A picture. */
    final class CodeImage {

        private final String mediaType;
        private final byte[] bytes;

        /** A picture of that media type, {@code image/jpeg} or {@code image/png}. */
        public CodeImage(String mediaType, byte[] bytes) {
            this.mediaType = mediaType;
            this.bytes = bytes.clone();
        }

        /** {@code image/jpeg} or {@code image/png}. */
        public String mediaType() {
            return mediaType;
        }

        /** The picture itself. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }
}
