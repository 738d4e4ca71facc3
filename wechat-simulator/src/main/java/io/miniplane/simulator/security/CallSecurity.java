package io.miniplane.simulator.security;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.security.SealedCalls.Opened;
import io.miniplane.simulator.world.AppSecurity;
import io.miniplane.simulator.world.PlatformKey;
import io.miniplane.simulator.world.RandomText;
import io.miniplane.simulator.world.World;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Lets an endpoint answer calls in the clear that come and go encrypted and signed. */
public final class CallSecurity {

    /** Whose sealed form is described well, so that servers can be made to use it. */
    private static final Set<String> CERTAIN = Set.of(
            "/cgi-bin/clear_quota",
            "/cgi-bin/openapi/quota/get",
            "/cgi-bin/openapi/rid/get",
            "/cgi-bin/message/custom/send",
            "/cgi-bin/message/subscribe/send",
            "/wxa/business/checkencryptedmsg",
            "/wxa/business/getuserphonenumber",
            "/wxa/getuserriskrank",
            "/wxa/media_check_async",
            "/wxa/msg_sec_check",
            "/wxaapi/newtmpl/deltemplate");

    /** Calls by GET, forms and pictures: WeChat lists them and leaves their sealed form open, so either is taken. */
    private static final Set<String> DOUBTFUL = Set.of(
            "/cgi-bin/wxaapp/createwxaqrcode",
            "/wxa/business/getuserencryptkey",
            "/wxa/getwxacode",
            "/wxa/getwxacodeunlimit",
            "/wxaapi/newtmpl/addtemplate",
            "/wxaapi/newtmpl/getcategory",
            "/wxaapi/newtmpl/getpubtemplatekeywords",
            "/wxaapi/newtmpl/getpubtemplatetitles",
            "/wxaapi/newtmpl/gettemplate");

    private static final int NONCE_BYTES = 16;

    private final World world;

    /** The security of this world's apps. */
    public CallSecurity(World world) {
        this.world = world;
    }

    /**
     * Answers a call, sealed or not.
     *
     * @param appId the app that its access token speaks for
     * @param endpoint answers the call in the clear
     * @throws io.miniplane.simulator.http.Refusal when it should be sealed and is not, or not by the app
     */
    public Reply answer(String appId, Call call, Function<Call, Reply> endpoint) {
        Optional<AppSecurity> security = world.securedApps().find(appId);
        boolean enforced = CERTAIN.contains(call.path())
                && security.filter(AppSecurity::enforced).isPresent();
        boolean sealed = SealedCalls.isSealed(call) && isPossible(call.path());
        if (!enforced && !sealed) {
            return endpoint.apply(call);
        }
        Instant now = world.clock().instant();
        Opened opened = SealedCalls.open(appId, security.orElse(null), call, now);
        Reply reply = endpoint.apply(opened.call());
        return security.filter(known -> reply.isText())
                .map(known -> sealed(appId, known, opened, reply))
                .orElse(reply);
    }

    private static boolean isPossible(String path) {
        return CERTAIN.contains(path) || DOUBTFUL.contains(path);
    }

    private Reply sealed(String appId, AppSecurity security, Opened opened, Reply reply) {
        long timestamp = world.clock().instant().getEpochSecond();
        if (!(Json.parse(reply.text()) instanceof ObjectNode clear)) {
            return reply;
        }
        clear.put("_n", RandomText.base64(NONCE_BYTES)).put("_appid", appId).put("_timestamp", timestamp);
        String bound = Texts.toBind(
                opened.address(), appId, timestamp, opened.symmetric().serial());
        try {
            String body = Envelope.seal(opened.symmetric().key(), clear.toString(), bound)
                    .toString();
            return reply.sealed(
                    body, headers(appId, security, timestamp, Texts.toSign(opened.address(), appId, timestamp, body)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has AES-GCM and RSASSA-PSS", impossible);
        }
    }

    private static Map<String, String> headers(String appId, AppSecurity security, long timestamp, String signed)
            throws GeneralSecurityException {
        Map<String, String> headers = new HashMap<>();
        headers.put(Headers.APPID, appId);
        headers.put(Headers.TIMESTAMP, Long.toString(timestamp));
        headers.put(Headers.SERIAL, security.platform().serial());
        headers.put(Headers.SIGNATURE, Signing.sign(security.platform().key(), signed));
        Optional<PlatformKey> also = security.alsoSigning();
        if (also.isPresent()) {
            headers.put(Headers.DEPRECATED_SERIAL, also.get().serial());
            headers.put(Headers.DEPRECATED_SIGNATURE, Signing.sign(also.get().key(), signed));
        }
        return headers;
    }
}
