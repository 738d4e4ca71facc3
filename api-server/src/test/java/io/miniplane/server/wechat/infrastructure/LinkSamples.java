package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.MiniProgramCodes;
import io.miniplane.server.wechat.MiniProgramCodes.Look;
import io.miniplane.server.wechat.MiniProgramLinks;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** The calls about what leads into the mini-program. */
final class LinkSamples {

    private LinkSamples() {}

    static List<Sample> all() {
        return Stream.of(codes(), schemes(), links()).flatMap(List::stream).toList();
    }

    private static List<Sample> codes() {
        Look blue = new Look(300, false, 0x0000ff, true);
        return List.of(
                picture(
                        Endpoint.GETWXACODEUNLIMIT,
                        codes -> codes.unlimited(
                                new MiniProgramCodes.UnlimitedCode("a=1", "pages/a", true, AppVersion.TRIAL, blue)),
                        "POST  {\"env_version\":\"trial\",\"width\":300,\"line_color\":{\"r\":0,\"g\":0,\"b\":255},"
                                + "\"is_hyaline\":true,\"scene\":\"a=1\",\"page\":\"pages/a\",\"check_path\":true}"),
                picture(
                        Endpoint.GETWXACODE,
                        codes -> codes.limited(
                                new MiniProgramCodes.LimitedCode("pages/a?b=1", AppVersion.RELEASE, Look.usual())),
                        "POST  {\"env_version\":\"release\",\"width\":430,\"path\":\"pages/a?b=1\"}"),
                picture(
                        Endpoint.CREATEWXAQRCODE,
                        codes -> codes.qrCode(new MiniProgramCodes.QrCode("pages/a?b=1", 430)),
                        "POST  {\"path\":\"pages/a?b=1\",\"width\":430}"));
    }

    private static List<Sample> schemes() {
        MiniProgramLinks.Target target = new MiniProgramLinks.Target("pages/a", "b=1", AppVersion.RELEASE);
        MiniProgramLinks.LinkInfo info = new MiniProgramLinks.LinkInfo(
                "pages/a", "b=1", AppVersion.RELEASE, Instant.ofEpochSecond(1767323045), null);
        String told = "{\"appid\":\"wx\",\"path\":\"pages/a\",\"query\":\"b=1\",\"create_time\":1767323045,"
                + "\"expire_time\":0,\"env_version\":\"release\"}";
        return List.of(
                new Sample(
                        Endpoint.GENERATESCHEME,
                        wechat -> wechat.clients.miniProgramLinks().scheme(target, new MiniProgramLinks.ForDays(30)),
                        "POST  {\"jump_wxa\":{\"path\":\"pages/a\",\"query\":\"b=1\",\"env_version\":\"release\"},"
                                + "\"is_expire\":true,\"expire_type\":1,\"expire_interval\":30}",
                        "{\"errcode\":0,\"openlink\":\"weixin://dl/business/?t=x\"}",
                        "weixin://dl/business/?t=x"),
                new Sample(
                        Endpoint.QUERYSCHEME,
                        wechat -> wechat.clients.miniProgramLinks().schemeInfo("weixin://dl/business/?t=x"),
                        "POST  {\"scheme\":\"weixin://dl/business/?t=x\"}",
                        "{\"errcode\":0,\"scheme_info\":" + told + "}",
                        info));
    }

    private static List<Sample> links() {
        MiniProgramLinks.Target target = new MiniProgramLinks.Target("pages/a", "b=1", AppVersion.RELEASE);
        MiniProgramLinks.LinkInfo info = new MiniProgramLinks.LinkInfo(
                "pages/a", "b=1", AppVersion.RELEASE, Instant.ofEpochSecond(1767323045), null);
        String told = "{\"appid\":\"wx\",\"path\":\"pages/a\",\"query\":\"b=1\",\"create_time\":1767323045,"
                + "\"expire_time\":0,\"env_version\":\"release\"}";
        return List.of(
                new Sample(
                        Endpoint.GENERATE_URLLINK,
                        wechat -> wechat.clients
                                .miniProgramLinks()
                                .urlLink(target, new MiniProgramLinks.Until(Instant.ofEpochSecond(1767323045))),
                        "POST  {\"path\":\"pages/a\",\"query\":\"b=1\",\"env_version\":\"release\",\"is_expire\":true,"
                                + "\"expire_type\":0,\"expire_time\":1767323045}",
                        "{\"errcode\":0,\"url_link\":\"https://wxaurl.cn/x\"}",
                        "https://wxaurl.cn/x"),
                new Sample(
                        Endpoint.QUERY_URLLINK,
                        wechat -> wechat.clients.miniProgramLinks().urlLinkInfo("https://wxaurl.cn/x"),
                        "POST  {\"url_link\":\"https://wxaurl.cn/x\"}",
                        "{\"errcode\":0,\"url_link_info\":" + told + "}",
                        info),
                new Sample(
                        Endpoint.GENWXASHORTLINK,
                        wechat -> wechat.clients
                                .miniProgramLinks()
                                .shortLink(new MiniProgramLinks.ShortLink("pages/a", "Shop", true)),
                        "POST  {\"page_url\":\"pages/a\",\"page_title\":\"Shop\",\"is_permanent\":true}",
                        "{\"errcode\":0,\"link\":\"#小程序://Shop/x\"}",
                        "#小程序://Shop/x"));
    }

    private static Sample picture(
            Endpoint endpoint, Function<MiniProgramCodes, Mono<MiniProgramCodes.CodeImage>> call, String request) {
        return new Sample(
                endpoint,
                wechat -> call.apply(wechat.clients.miniProgramCodes())
                        .map(image -> image.mediaType() + " " + image.bytes().length),
                request,
                "\u0089PNG\r\n",
                "image/png 6");
    }
}
