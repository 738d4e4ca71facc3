package io.miniplane.simulator.push;

import io.miniplane.simulator.http.Json;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what a server answers to a push. */
final class PushReader {

    private final String appId;
    private final PushCallback callback;

    PushReader(String appId, PushCallback callback) {
        this.appId = appId;
        this.callback = callback;
    }

    /** What an acknowledgement says; empty when the answer is none. */
    Optional<String> acknowledgement(int status, String answer) {
        if (status != 200) {
            return Optional.empty();
        }
        return answer.isEmpty() || answer.equals("success") ? Optional.of(answer) : deciphered(answer);
    }

    private Optional<String> deciphered(String answer) {
        String encrypted = field(answer, "Encrypt");
        String signature =
                PushSignature.of(callback.token(), field(answer, "TimeStamp"), field(answer, "Nonce"), encrypted);
        if (encrypted.isEmpty() || !signature.equals(field(answer, "MsgSignature"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PushCipher(callback.encodingAesKey()).decrypt(encrypted, appId));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private String field(String answer, String name) {
        return callback.format() == PushFormat.XML ? element(answer, name) : property(answer, name);
    }

    private static String property(String answer, String name) {
        try {
            JsonNode value = Json.parse(answer).path(name);
            return value.isValueNode() ? value.asString() : "";
        } catch (JacksonException malformed) {
            return "";
        }
    }

    private static String element(String answer, String name) {
        var matcher = Pattern.compile("<" + name + ">(?:<!\\[CDATA\\[)?([^\\]<]*)(?:]]>)?</" + name + ">")
                .matcher(answer);
        return matcher.find() ? matcher.group(1) : "";
    }
}
