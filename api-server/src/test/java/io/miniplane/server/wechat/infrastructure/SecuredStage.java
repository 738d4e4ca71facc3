package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Asked;
import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients under API security, and WeChat's side of it written anew from the description. */
final class SecuredStage implements AutoCloseable {

    static final String SYMMETRIC = "otUpngOjU+nVQaWJIC3D/yMLV17RKaP6t4Ot9tbnzLY=";
    static final String SYMMETRIC_SERIAL = "fa05fe1e5bcc79b81ad5ad4b58acf787";
    static final String OWN_SERIAL = "97845f6ed842ea860df6fdf65941ff56";
    static final String PLATFORM_SERIAL = "79ba700ea147819f640941bceb38b1d1";
    static final Instant NOW = Instant.ofEpochSecond(1_767_323_045);

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] IV = new byte[SecurityKeys.IV_BYTES];

    final ScriptedWechat wechat = new ScriptedWechat(settings(), () -> NOW, Randomness.secure());
    private final SecurityKeys platform =
            new SecurityKeys(SecurityKeys.symmetricKey(SYMMETRIC), SecurityKeys.signingKey(pem("platform-key")), own());

    static ApiSecuritySettings settings() {
        return new ApiSecuritySettings(
                SYMMETRIC,
                SYMMETRIC_SERIAL,
                pem("own-key"),
                OWN_SERIAL,
                pem("platform-certificate"),
                PLATFORM_SERIAL,
                "AES256_GCM",
                "RSAwithSHA256",
                List.of());
    }

    static String pem(String name) {
        try (var file = SecuredStage.class.getResourceAsStream("/api-security/" + name + ".pem")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PublicKey publicKey(String base64) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey own() {
        return publicKey(pem("own-public").replaceAll("-----[A-Z ]+-----", ""));
    }

    /** What the server asked, decrypted; fails when its signature or anything else is wrong. */
    JsonNode opened(Asked asked) throws GeneralSecurityException {
        String time = asked.headers().get("wechatmp-timestamp");
        String signed = url(asked) + "\n" + WechatStage.APP + "\n" + time + "\n" + asked.body();
        if (!WechatStage.APP.equals(asked.headers().get("wechatmp-appid"))
                || !platform.isGenuine(
                        signed.getBytes(StandardCharsets.UTF_8), asked.headers().get("wechatmp-signature"))) {
            throw new AssertionError("The request is not signed as it ought to be: " + asked);
        }
        JsonNode sealed = JSON.readTree(asked.body());
        byte[] data = bytes(sealed, "data");
        byte[] tag = bytes(sealed, "authtag");
        byte[] both = Arrays.copyOf(data, data.length + tag.length);
        System.arraycopy(tag, 0, both, data.length, tag.length);
        String aad = String.join("|", url(asked), WechatStage.APP, time, SYMMETRIC_SERIAL);
        return JSON.readTree(platform.decrypt(bytes(sealed, "iv"), aad, both));
    }

    /** An answer as it ought to be, to be spoilt. */
    Answer answer(Asked asked, String json) {
        return new Answer(url(asked), json);
    }

    private String url(Asked asked) {
        return wechat.baseUrl() + asked.path();
    }

    private static byte[] bytes(JsonNode sealed, String field) {
        return Base64.getDecoder().decode(sealed.path(field).asString());
    }

    /** An answer in the making. */
    final class Answer {

        String signedUrl;
        Instant at = NOW;
        String headerApp = WechatStage.APP;
        String innerApp = WechatStage.APP;
        long innerTime = NOW.getEpochSecond();
        String serial = PLATFORM_SERIAL;
        String deprecatedSerial = "";
        boolean spoiltBody;
        private final String json;

        private Answer(String url, String json) {
            this.signedUrl = url;
            this.json = json;
        }

        Said said() {
            String time = Long.toString(at.getEpochSecond());
            Map<String, Object> inside = new LinkedHashMap<>();
            inside.put("_n", "bm9uY2U");
            inside.put("_appid", innerApp);
            inside.put("_timestamp", innerTime);
            JSON.readTree(json).properties().forEach(field -> inside.put(field.getKey(), field.getValue()));
            String aad = String.join("|", signedUrl, WechatStage.APP, time, SYMMETRIC_SERIAL);
            byte[] sealed = platform.encrypt(IV, aad, JSON.writeValueAsBytes(inside));
            int end = sealed.length - SecurityKeys.TAG_BYTES;
            String body = JSON.writeValueAsString(Map.of(
                    "iv", text(IV),
                    "data", text(Arrays.copyOf(sealed, end)),
                    "authtag", text(Arrays.copyOfRange(sealed, end, sealed.length))));
            String signature = platform.sign(
                    (signedUrl + "\n" + WechatStage.APP + "\n" + time + "\n" + body).getBytes(StandardCharsets.UTF_8));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Wechatmp-Appid", headerApp);
            headers.put("Wechatmp-TimeStamp", time);
            headers.put("Wechatmp-Serial", serial);
            boolean rotating = !deprecatedSerial.isEmpty();
            headers.put("Wechatmp-Signature", rotating ? "bmV3" : signature);
            if (rotating) {
                headers.put("Wechatmp-Serial-Deprecated", deprecatedSerial);
                headers.put("Wechatmp-Signature-Deprecated", signature);
            }
            String sent = spoiltBody ? body.replaceFirst("\\{", "{ ") : body;
            return new Said(200, headers, sent.getBytes(StandardCharsets.UTF_8));
        }

        private static String text(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    @Override
    public void close() {
        wechat.close();
    }
}
