package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.Links.Link;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Links that open apps from elsewhere. */
public final class LinkApi implements ApiFamily {

    private static final String SCHEME = "weixin://dl/business/?t=";
    private static final String URL_LINK = "https://wxaurl.cn/";
    private static final String SHORT_LINK = "#小程序://";
    private static final Set<String> VERSIONS = Set.of("release", "trial", "develop");
    private static final int LONGEST = 1024;
    private static final int LONGEST_TITLE = 20;
    private static final int MOST_DAYS = 30;
    private static final Duration SOONEST = Duration.ofMinutes(1);
    private static final Duration LATEST = Duration.ofDays(MOST_DAYS);
    private static final Duration SHORT_LIFE = Duration.ofDays(MOST_DAYS);

    private final World world;
    private final Gate gate;

    /** Links into the apps of this world. */
    public LinkApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/wxa/generatescheme", this::scheme);
        gate.post(routes, "/wxa/queryscheme", call -> info(call, "scheme", "scheme_info"));
        gate.post(routes, "/wxa/generate_urllink", this::urlLink);
        gate.post(routes, "/wxa/query_urllink", call -> info(call, "url_link", "url_link_info"));
        gate.post(routes, "/wxa/genwxashortlink", this::shortLink);
    }

    private Reply scheme(AppCall call) {
        JsonNode body = call.json();
        Link link = link(call.appId(), body.path("jump_wxa"), expiry(body));
        return Reply.ok(Json.ok().put("openlink", world.links().add(SCHEME, link)));
    }

    private Reply urlLink(AppCall call) {
        JsonNode body = call.json();
        Link link = link(call.appId(), body, expiry(body));
        return Reply.ok(Json.ok().put("url_link", world.links().add(URL_LINK, link)));
    }

    private Link link(String appId, JsonNode target, Instant expiresAt) {
        String path = AppCall.optional(target, "path", ErrCode.INVALID_PAGE_PATH);
        String query = AppCall.optional(target, "query", ErrCode.INVALID_QUERY);
        String version = AppCall.optional(target, "env_version", ErrCode.INVALID_ENV_VERSION);
        if (path.length() > LONGEST || path.contains("?") || !world.pages().has(appId, path)) {
            throw new Refusal(ErrCode.INVALID_PAGE_PATH);
        }
        if (query.length() > LONGEST) {
            throw new Refusal(ErrCode.INVALID_QUERY);
        }
        if (!version.isEmpty() && !VERSIONS.contains(version)) {
            throw new Refusal(ErrCode.INVALID_ENV_VERSION);
        }
        if (!world.pages().isReleased(appId) && (version.isEmpty() || version.equals("release"))) {
            throw new Refusal(ErrCode.NOT_RELEASED);
        }
        String opened = version.isEmpty() ? "release" : version;
        return new Link(appId, path, query, opened, world.clock().instant(), expiresAt);
    }

    /** By a time, or by days; what says neither ends as late as it may. */
    private Instant expiry(JsonNode body) {
        Instant now = world.clock().instant();
        if (body.path("expire_type").asInt(0) == 1) {
            return now.plus(
                    Duration.ofDays(AppCall.number(body, "expire_interval", 1, MOST_DAYS, ErrCode.INVALID_EXPIRY)));
        }
        long seconds = body.path("expire_time").asLong(0);
        if (seconds == 0) {
            return now.plus(LATEST);
        }
        Instant end = Instant.ofEpochSecond(seconds);
        if (end.isBefore(now.plus(SOONEST).minusSeconds(1)) || end.isAfter(now.plus(LATEST))) {
            throw new Refusal(ErrCode.INVALID_EXPIRY);
        }
        return end;
    }

    private Reply info(AppCall call, String field, String answer) {
        String text = Call.text(call.json(), field, ErrCode.INVALID_ARGUMENTS);
        Link link = world.links()
                .find(text)
                .filter(found -> found.appId().equals(call.appId()))
                .orElseThrow(() -> new Refusal(ErrCode.INVALID_ARGUMENTS));
        ObjectNode reply = Json.ok();
        reply.putObject(answer)
                .put("appid", link.appId())
                .put("path", link.path())
                .put("query", link.query())
                .put("create_time", link.createdAt().getEpochSecond())
                .put("expire_time", seconds(link.expiresAt()))
                .put("env_version", link.version());
        return Reply.ok(reply.put("visit_openid", ""));
    }

    private static long seconds(@Nullable Instant at) {
        return at == null ? 0 : at.getEpochSecond();
    }

    private Reply shortLink(AppCall call) {
        JsonNode body = call.json();
        String page = AppCall.text(body, "page_url", LONGEST, ErrCode.INVALID_LINK);
        String title = AppCall.optional(body, "page_title", ErrCode.INVALID_TITLE);
        boolean permanent = body.path("is_permanent").booleanValue(false);
        if (!world.pages().has(call.appId(), page)) {
            throw new Refusal(ErrCode.INVALID_LINK);
        }
        if (title.codePointCount(0, title.length()) > LONGEST_TITLE) {
            throw new Refusal(ErrCode.INVALID_TITLE);
        }
        if (permanent && !world.links().mayHaveShortLink(call.appId())) {
            throw new Refusal(ErrCode.PERMANENT_LINKS_USED_UP);
        }
        Instant now = world.clock().instant();
        Link link = new Link(call.appId(), page, "", "release", now, permanent ? null : now.plus(SHORT_LIFE));
        return Reply.ok(Json.ok().put("link", world.links().add(SHORT_LINK + title + "/", link)));
    }
}
