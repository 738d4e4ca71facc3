package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Pictures that open apps when they are scanned. They are QR codes, also where WeChat draws its round codes. */
public final class CodeApi implements ApiFamily {

    private static final Pattern SCENE = Pattern.compile("[0-9A-Za-z!#$&'()*+,/:;=?@\\-._~]+");
    private static final Set<String> VERSIONS = Set.of("release", "trial", "develop");
    private static final String FIRST_PAGE = "pages/index/index";
    private static final int LONGEST_SCENE = 32;
    private static final int LONGEST_PATH = 1024;
    private static final int LONGEST_QR_PATH = 128;

    private final World world;
    private final Gate gate;

    /** Codes for the apps of this world. */
    public CodeApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/wxa/getwxacodeunlimit", this::unlimited);
        gate.post(routes, "/wxa/getwxacode", call -> limited(call, LONGEST_PATH));
        gate.post(routes, "/cgi-bin/wxaapp/createwxaqrcode", call -> limited(call, LONGEST_QR_PATH));
    }

    private Reply unlimited(AppCall call) {
        JsonNode body = call.json();
        String scene = AppCall.text(body, "scene", LONGEST_SCENE, ErrCode.INVALID_SCENE_LENGTH);
        if (!SCENE.matcher(scene).matches()) {
            throw new Refusal(ErrCode.INVALID_SCENE);
        }
        String page = AppCall.optional(body, "page", ErrCode.INVALID_ARGUMENTS);
        if (page.startsWith("/") || page.contains("?")) {
            throw new Refusal(ErrCode.INVALID_ARGUMENTS);
        }
        boolean checked = body.path("check_path").booleanValue(true);
        if (checked
                && (!world.pages().isReleased(call.appId()) || !world.pages().has(call.appId(), page))) {
            throw new Refusal(ErrCode.PAGE_UNKNOWN);
        }
        String query = "scene=" + encoded(scene);
        return draw(body, address(call.appId(), page.isEmpty() ? FIRST_PAGE : page, query, version(body)));
    }

    private Reply limited(AppCall call, int longest) {
        JsonNode body = call.json();
        String path = AppCall.text(body, "path", longest, ErrCode.INVALID_PATH);
        if (path.contains("scancode_time")) {
            throw new Refusal(ErrCode.INVALID_TIMESTAMP_IN_PATH);
        }
        String version = version(body);
        CodePicture.Look look = CodePicture.Look.of(body);
        if (!world.links().mayHaveCode(call.appId())) {
            throw new Refusal(ErrCode.CODES_USED_UP);
        }
        int mark = path.indexOf('?');
        String page = mark < 0 ? path : path.substring(0, mark);
        String query = mark < 0 ? "" : path.substring(mark + 1);
        return picture(look, address(call.appId(), page, query, version));
    }

    private static String version(JsonNode body) {
        String version = AppCall.optional(body, "env_version", ErrCode.INVALID_ARGUMENTS);
        if (!version.isEmpty() && !VERSIONS.contains(version)) {
            throw new Refusal(ErrCode.INVALID_ARGUMENTS);
        }
        return version.isEmpty() ? "release" : version;
    }

    private static Reply draw(JsonNode body, String address) {
        return picture(CodePicture.Look.of(body), address);
    }

    private static Reply picture(CodePicture.Look look, String address) {
        return Reply.image(CodePicture.png(address, look), "image/png");
    }

    /** The plain form of the links that open an app. */
    private static String address(String appId, String path, String query, String version) {
        return "weixin://dl/business/?appid=" + appId + "&path=" + encoded(path) + "&query=" + encoded(query)
                + "&env_version=" + version;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
