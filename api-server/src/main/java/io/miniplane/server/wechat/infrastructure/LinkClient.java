package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.MiniProgramLinks;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Instant;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Has addresses made and read by WeChat's scheme, URL link and short link calls. */
final class LinkClient implements MiniProgramLinks {

    private static final int BY_TIME = 0;
    private static final int BY_DAYS = 1;

    private final AuthorisedCalls calls;

    LinkClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<String> scheme(Target target, Expiry expiry) {
        Fields body = Fields.with("jump_wxa", target(target)).and("is_expire", true);
        return made(Endpoint.GENERATESCHEME, expiring(body, expiry), "openlink");
    }

    @Override
    public Mono<LinkInfo> schemeInfo(String scheme) {
        return info(Endpoint.QUERYSCHEME, "scheme", scheme, "scheme_info");
    }

    @Override
    public Mono<String> urlLink(Target target, Expiry expiry) {
        return made(Endpoint.GENERATE_URLLINK, expiring(target(target).and("is_expire", true), expiry), "url_link");
    }

    @Override
    public Mono<LinkInfo> urlLinkInfo(String urlLink) {
        return info(Endpoint.QUERY_URLLINK, "url_link", urlLink, "url_link_info");
    }

    @Override
    public Mono<String> shortLink(ShortLink link) {
        Fields body = Fields.with("page_url", link.page())
                .and("page_title", link.title())
                .and("is_permanent", link.permanent());
        return made(Endpoint.GENWXASHORTLINK, body, "link");
    }

    /** How WeChat's calls name a version. */
    static String name(AppVersion version) {
        return switch (version) {
            case RELEASE -> "release";
            case TRIAL -> "trial";
            case DEVELOP -> "develop";
        };
    }

    private Mono<String> made(Endpoint endpoint, Fields body, String field) {
        return calls.send(
                WechatCall.post(endpoint, body.map(), LinkClient::failure), reply -> Answers.text(reply, field));
    }

    private Mono<LinkInfo> info(Endpoint endpoint, String field, String link, String answer) {
        return calls.send(
                WechatCall.post(endpoint, Map.of(field, link), LinkClient::failure),
                reply -> info(Answers.object(reply, answer)));
    }

    private static Fields target(Target target) {
        return Fields.with("path", target.path())
                .and("query", target.query())
                .and("env_version", name(target.version()));
    }

    private static Fields expiring(Fields body, Expiry expiry) {
        return switch (expiry) {
            case Until(var moment) -> body.and("expire_type", BY_TIME).and("expire_time", moment.getEpochSecond());
            case ForDays(var days) -> body.and("expire_type", BY_DAYS).and("expire_interval", days);
        };
    }

    private static LinkInfo info(JsonNode info) {
        AppVersion version =
                switch (info.path("env_version").asString("release")) {
                    case "trial" -> AppVersion.TRIAL;
                    case "develop" -> AppVersion.DEVELOP;
                    default -> AppVersion.RELEASE;
                };
        return new LinkInfo(
                info.path("path").asString(""),
                info.path("query").asString(""),
                version,
                Instant.ofEpochSecond(Answers.number(info, "create_time")),
                Answers.optionalMoment(info, "expire_time"));
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 85400 -> new WechatFailure.LimitReached(errcode);
            case 85079 -> new WechatFailure.NotAuthorised(errcode);
            case 40002, 40165, 40212, 40225, 85401, 85402, 85403, 85404, 85405, 85406, 85407, 85408 ->
                new WechatFailure.BadArgument(errcode);
            default -> Errcodes.failure(errcode);
        };
    }
}
