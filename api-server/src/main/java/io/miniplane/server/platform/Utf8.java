package io.miniplane.server.platform;

/** The length of texts in UTF-8, by which WeChat Pay limits them. */
public final class Utf8 {

    private Utf8() {}

    /** As much of the beginning as fits into so many bytes; no character is cut in two. */
    public static String cut(String text, int bytes) {
        StringBuilder kept = new StringBuilder();
        int length = 0;
        for (int point : text.codePoints().toArray()) {
            length += length(point);
            if (length > bytes) {
                break;
            }
            kept.appendCodePoint(point);
        }
        return kept.toString();
    }

    private static int length(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
