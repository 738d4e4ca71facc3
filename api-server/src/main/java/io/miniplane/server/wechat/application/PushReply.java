package io.miniplane.server.wechat.application;

import io.miniplane.server.wechat.domain.PushSignature;

/**
 * An encrypted answer to an encrypted push, for what is more than {@code success}.
 *
 * @param encrypted the message as base64 text
 * @param signature over the token, the time, the nonce and the encrypted message
 * @param timestamp Unix seconds
 * @param nonce the nonce of the push
 */
public record PushReply(String encrypted, String signature, long timestamp, String nonce) {

    /** The answer to the push with this nonce. */
    public static PushReply of(
            String message, PushCipher cipher, PushSignature signature, long timestamp, String nonce) {
        String encrypted = cipher.encrypt(message);
        return new PushReply(encrypted, signature.of(Long.toString(timestamp), nonce, encrypted), timestamp, nonce);
    }

    /** As JSON; the nonce is one that was checked, so nothing in it needs escaping. */
    public String json() {
        return "{\"Encrypt\":\"" + encrypted + "\",\"MsgSignature\":\"" + signature + "\",\"TimeStamp\":" + timestamp
                + ",\"Nonce\":\"" + nonce + "\"}";
    }

    /** As XML. */
    public String xml() {
        return "<xml><Encrypt><![CDATA[" + encrypted + "]]></Encrypt><MsgSignature><![CDATA[" + signature
                + "]]></MsgSignature><TimeStamp>" + timestamp + "</TimeStamp><Nonce><![CDATA[" + nonce
                + "]]></Nonce></xml>";
    }
}
