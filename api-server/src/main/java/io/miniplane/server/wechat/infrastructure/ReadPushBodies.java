package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.application.PushBodies;
import io.miniplane.server.wechat.domain.PushRefusal;
import io.miniplane.server.wechat.domain.PushRefusal.Reason;
import io.miniplane.server.wechat.domain.PushTree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Tells JSON from XML by the first character. */
final class ReadPushBodies implements PushBodies {

    /** How deep fields may lie within fields; WeChat's own are three deep. */
    static final int DEEPEST = 16;

    @Override
    public PushTree read(byte[] body) {
        String text = text(body).strip();
        if (text.startsWith("{")) {
            return JsonPush.read(text);
        }
        if (text.startsWith("<")) {
            return XmlPush.read(text);
        }
        throw Reason.MALFORMED.refusal();
    }

    static PushRefusal malformed() {
        return Reason.MALFORMED.refusal();
    }

    private static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw malformed();
        }
    }
}
