package io.miniplane.simulator.api;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import tools.jackson.databind.JsonNode;

/** Draws QR codes. */
final class CodePicture {

    private static final int OPAQUE = 0xff000000;
    private static final int WHITE = 0xffffffff;
    private static final int CLEAR = 0x00ffffff;

    private CodePicture() {}

    /**
     * How a code looks.
     *
     * @param width in pixels
     * @param colour of the dark modules, with its opacity
     * @param transparent whether there is nothing behind them
     */
    record Look(int width, int colour, boolean transparent) {

        private static final int SMALLEST = 280;
        private static final int LARGEST = 1280;
        private static final int USUAL = 430;
        private static final int BRIGHTEST = 255;

        /** What a body asks for; refuses what cannot be drawn. */
        static Look of(JsonNode body) {
            int width = body.has("width")
                    ? AppCall.number(body, "width", 0, Integer.MAX_VALUE, ErrCode.INVALID_ARGUMENTS)
                    : USUAL;
            boolean coloured =
                    body.has("line_color") && !body.path("auto_color").booleanValue(false);
            return new Look(
                    Math.clamp(width, SMALLEST, LARGEST),
                    coloured ? colour(body.path("line_color")) : OPAQUE,
                    body.path("is_hyaline").booleanValue(false));
        }

        private static int colour(JsonNode rgb) {
            return OPAQUE | part(rgb, "r") << 16 | part(rgb, "g") << 8 | part(rgb, "b");
        }

        /** WeChat takes numbers and texts of digits. */
        private static int part(JsonNode rgb, String name) {
            int part = rgb.path(name).asInt(-1);
            if (part < 0 || part > BRIGHTEST) {
                throw new Refusal(ErrCode.INVALID_ARGUMENTS);
            }
            return part;
        }
    }

    /** The text as a QR code in a PNG. */
    static byte[] png(String text, Look look) {
        try {
            BitMatrix code = new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            look.width(),
                            look.width(),
                            Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"));
            return png(image(code, look));
        } catch (WriterException tooLong) {
            throw new Refusal(ErrCode.INVALID_PATH);
        }
    }

    private static BufferedImage image(BitMatrix code, Look look) {
        int light = look.transparent() ? CLEAR : WHITE;
        BufferedImage image = new BufferedImage(code.getWidth(), code.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < code.getHeight(); y++) {
            for (int x = 0; x < code.getWidth(); x++) {
                image.setRGB(x, y, code.get(x, y) ? look.colour() : light);
            }
        }
        return image;
    }

    /** In memory: by itself ImageIO would write a temporary file. */
    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
