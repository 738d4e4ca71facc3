package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.DeleteRevokedAccount;
import io.miniplane.server.wechat.PushHandler;
import io.miniplane.server.wechat.PushMessage;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Deletes an account when WeChat says that its user took the leave back or left WeChat.
 *
 * @param name of its queue
 * @param type the kind of message
 * @param openId who it is about
 * @param deleteAccount what to do about it
 * @param <T> the kind of message
 */
record RevocationHandler<T extends PushMessage>(
        String name, Class<T> type, Function<T, String> openId, DeleteRevokedAccount deleteAccount)
        implements PushHandler<T> {

    @Override
    public Mono<Void> handle(T message) {
        return deleteAccount.delete(openId.apply(message));
    }
}
