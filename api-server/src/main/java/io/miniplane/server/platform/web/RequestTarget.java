package io.miniplane.server.platform.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/** Judges a request target before anything parses it: the characters of RFC 3986, percent-encoded UTF-8, no NUL. */
final class RequestTarget {

    private static final BitSet ALLOWED = allowed();

    private RequestTarget() {}

    /** True when every part of the framework reads the target the same way. */
    static boolean isWellFormed(String target) {
        boolean encoded = false;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (!ALLOWED.get(c)) {
                return false;
            }
            encoded |= c == '%';
        }
        return !encoded || isEncodedText(target);
    }

    private static boolean isEncodedText(String target) {
        ByteBuffer bytes = ByteBuffer.allocate(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
            } else if (isHex(target, i + 1) && isHex(target, i + 2)) {
                bytes.put((byte) HexFormat.fromHexDigits(target, i + 1, i + 3));
                i += 2;
            } else {
                return false;
            }
        }
        return isText(bytes.flip());
    }

    private static boolean isHex(String target, int index) {
        return index < target.length() && HexFormat.isHexDigit(target.charAt(index));
    }

    private static boolean isText(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().indexOf('\0') < 0;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static BitSet allowed() {
        BitSet set = new BitSet(128);
        set.set('a', 'z' + 1);
        set.set('A', 'Z' + 1);
        set.set('0', '9' + 1);
        "-._~:/?@!$&'()*+,;=%[]".chars().forEach(set::set);
        return set;
    }
}
