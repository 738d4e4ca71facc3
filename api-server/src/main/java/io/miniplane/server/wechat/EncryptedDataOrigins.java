package io.miniplane.server.wechat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks WeChat whether it was WeChat that encrypted what a mini-program sent. */
public interface EncryptedDataOrigins {

    /**
     * Where encrypted data comes from. WeChat remembers for 3 days.
     *
     * @param encryptedData the text that the mini-program got from WeChat, of which only a hash is sent
     * @return its origin, or a {@link WechatFailure}
     */
    Mono<Origin> of(String encryptedData);

    /**
     * Where encrypted data comes from.
     *
     * @param genuine whether WeChat encrypted it
     * @param createdAt when, or null where it did not
     */
    record Origin(boolean genuine, @Nullable Instant createdAt) {}
}
