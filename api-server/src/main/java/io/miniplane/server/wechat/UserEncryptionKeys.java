package io.miniplane.server.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Keys that WeChat shares with a user's device, where the mini-program gets them from {@code wx.getUserCryptoManager()}. */
public interface UserEncryptionKeys {

    /**
     * The newest keys of a user, three at most, the device's own among them by its version.
     *
     * @return the keys, or a {@link WechatFailure}; {@link WechatFailure.SessionDead} when the session key is not the live one
     */
    Mono<List<UserKey>> newest(String openId, SessionKey key);

    /**
     * A key that lives an hour.
     *
     * @param base64 the key, base64 text of 16 bytes
     * @param iv the initialization vector, 16 characters whose bytes are used as they are
     * @param version which of the user's keys it is
     * @param left how long it lives still, zero when it is over
     * @param createdAt when it was made
     */
    record UserKey(String base64, String iv, int version, Duration left, Instant createdAt) {

        @Override
        public String toString() {
            return "UserKey[" + version + "]";
        }
    }
}
