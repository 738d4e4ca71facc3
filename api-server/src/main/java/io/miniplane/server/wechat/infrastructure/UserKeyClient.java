package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.UserEncryptionKeys;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Learns users' keys by WeChat's {@code getuserencryptkey}, by GET or by POST, whichever WeChat takes. */
final class UserKeyClient implements UserEncryptionKeys {

    private static final int POST_WANTED = 43002;

    private final AuthorisedCalls calls;
    private final AtomicBoolean byPost = new AtomicBoolean();

    UserKeyClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<List<UserKey>> newest(String openId, SessionKey key) {
        return Mono.defer(() -> byPost.get() ? byPost(openId, key) : byGet(openId, key));
    }

    private Mono<List<UserKey>> byGet(String openId, SessionKey key) {
        return ask(openId, key, null)
                .doOnNext(keys -> Reading.USER_KEYS_BY_GET.met())
                .onErrorResume(UserKeyClient::wantsPost, refused -> byPost(openId, key));
    }

    private Mono<List<UserKey>> byPost(String openId, SessionKey key) {
        return ask(openId, key, new CallBody.Empty()).doOnNext(keys -> {
            Reading.USER_KEYS_BY_POST.met();
            byPost.set(true);
        });
    }

    private Mono<List<UserKey>> ask(String openId, SessionKey key, @Nullable CallBody body) {
        WechatCall call = new WechatCall(
                Endpoint.GETUSERENCRYPTKEY,
                SessionSignature.query(openId, key),
                body,
                SessionSignature::failure,
                Set.of());
        return calls.send(call, UserKeyClient::keys);
    }

    private static boolean wantsPost(Throwable failure) {
        return failure instanceof WechatFailure.Refused refused
                && refused.errcode() != null
                && refused.errcode() == POST_WANTED;
    }

    private static List<UserKey> keys(JsonNode reply) {
        return Answers.list(reply, "key_info_list", UserKeyClient::key);
    }

    private static UserKey key(JsonNode key) {
        return new UserKey(
                Answers.text(key, "encrypt_key"),
                Answers.text(key, "iv"),
                (int) Answers.number(key, "version"),
                Duration.ofSeconds(Answers.number(key, "expire_in")),
                Instant.ofEpochSecond(Answers.number(key, "create_time")));
    }
}
