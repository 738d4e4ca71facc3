package io.miniplane.server.gateway.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.miniplane.server.identity.CallersAtWechat;
import io.miniplane.server.identity.CallersAtWechat.Names;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.platform.security.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** The headers that tell the container who calls. They are kept for half the life of the proof among them, and names for ten minutes. */
final class CallerHeaders {

    private static final ErrorCode ENDED = new ErrorCode(40104);
    private static final Duration NAMES_KEPT = Duration.ofMinutes(10);
    private static final int MOST = 50_000;
    private static final String SOURCE = "wx_client";

    private final CallersAtWechat callers;
    private final CallerProof proof;
    private final String appId;
    private final String environment;
    private final Cache<UserId, Names> names =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(NAMES_KEPT).build();
    private final Cache<Caller, Map<String, String>> headers = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(CallerProof.LIFETIME.dividedBy(2))
            .build();

    CallerHeaders(CallersAtWechat callers, CallerProof proof, AppSettings app) {
        this.callers = callers;
        this.proof = proof;
        this.appId = app.appId();
        this.environment = app.environment().name().toLowerCase(Locale.ROOT);
    }

    /** What a container learns when nobody is known. */
    Map<String, String> ofNobody() {
        return Map.of("X-WX-ENV", environment);
    }

    /** What a container learns of a caller; 40104 where the account of the caller is gone. */
    Mono<Map<String, String>> of(Caller caller) {
        @Nullable Map<String, String> known = headers.getIfPresent(caller);
        if (known != null) {
            return Mono.just(known);
        }
        return switch (caller) {
            case Caller.User user ->
                names(user.userId())
                        .map(found -> kept(caller, found))
                        .switchIfEmpty(Mono.error(() -> new Failure(ENDED)));
            case Caller.Staff staff -> Mono.fromSupplier(() -> kept(staff, null));
        };
    }

    private Mono<Names> names(UserId user) {
        @Nullable Names known = names.getIfPresent(user);
        return known != null ? Mono.just(known) : callers.names(user).doOnNext(found -> names.put(user, found));
    }

    private Map<String, String> kept(Caller caller, @Nullable Names found) {
        Map<String, String> told = new LinkedHashMap<>(ofNobody());
        if (found != null) {
            told.put("X-WX-OPENID", found.openId());
            told.put("X-WX-APPID", appId);
            told.put("X-WX-SOURCE", SOURCE);
            if (found.unionId() != null) {
                told.put("X-WX-UNIONID", found.unionId());
            }
        }
        // A subject of the company's issuer may hold what a header may not.
        told.put("X-Miniplane-User", UriUtils.encodePath(caller.name(), StandardCharsets.UTF_8));
        told.put(
                "X-Miniplane-Roles",
                caller.roles().stream().map(Role::claim).sorted().collect(Collectors.joining(",")));
        told.put("X-Miniplane-Identity", proof.of(caller, found));
        Map<String, String> all = Map.copyOf(told);
        headers.put(caller, all);
        return all;
    }
}
