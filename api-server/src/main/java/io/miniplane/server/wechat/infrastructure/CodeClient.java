package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.MiniProgramCodes;
import io.miniplane.server.wechat.WechatFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Has codes drawn by WeChat's {@code getwxacodeunlimit}, {@code getwxacode} and {@code createwxaqrcode}. */
final class CodeClient implements MiniProgramCodes {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private final AuthorisedCalls calls;

    CodeClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<CodeImage> unlimited(UnlimitedCode code) {
        return draw(
                Endpoint.GETWXACODEUNLIMIT,
                look(code.look(), code.version())
                        .and("scene", code.scene())
                        .and("page", code.page())
                        .and("check_path", code.checkPage()));
    }

    @Override
    public Mono<CodeImage> limited(LimitedCode code) {
        return draw(Endpoint.GETWXACODE, look(code.look(), code.version()).and("path", code.path()));
    }

    @Override
    public Mono<CodeImage> qrCode(QrCode code) {
        return draw(Endpoint.CREATEWXAQRCODE, Fields.with("path", code.path()).and("width", code.width()));
    }

    private Mono<CodeImage> draw(Endpoint endpoint, Fields body) {
        return calls.sendForBytes(WechatCall.post(endpoint, body.map(), CodeClient::failure), CodeClient::image);
    }

    private static Fields look(Look look, AppVersion version) {
        return Fields.with("env_version", LinkClient.name(version))
                .and("width", look.width())
                .and("auto_color", look.automaticColour() ? true : null)
                .and("line_color", look.automaticColour() ? null : colour(look.lineColour()))
                .and("is_hyaline", look.transparent() ? true : null);
    }

    private static @Nullable Fields colour(@Nullable Integer rgb) {
        return rgb == null
                ? null
                : Fields.with("r", rgb >> 16 & 0xff).and("g", rgb >> 8 & 0xff).and("b", rgb & 0xff);
    }

    private static CodeImage image(byte[] bytes) {
        if (startsWith(bytes, PNG)) {
            return new CodeImage("image/png", bytes);
        }
        if (startsWith(bytes, JPEG)) {
            return new CodeImage("image/jpeg", bytes);
        }
        throw new WechatFailure.Unintelligible("WeChat's answer is no picture");
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length > magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 45029 -> new WechatFailure.LimitReached(errcode);
            case 40159, 40169, 41030, 85096 -> new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
