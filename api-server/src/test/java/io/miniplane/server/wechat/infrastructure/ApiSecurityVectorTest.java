package io.miniplane.server.wechat.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WeChat's own example of a secured request. */
class ApiSecurityVectorTest {

    private static final String APP = "wxba6223c06417af7b";
    private static final String URL = "https://api.weixin.qq.com/wxa/getuserriskrank";
    private static final long TIME = 1_635_927_954;
    private static final String PLAINTEXT =
            "{\"_n\":\"o89QaPVsRu1yppIZzvSZc4\",\"_appid\":\"wxba6223c06417af7b\",\"_timestamp\":1635927954,"
                    + "\"appid\":\"wxba6223c06417af7b\",\"openid\":\"oEWzBfmdLqhFS2mTXCo2E4Y9gJAM\",\"scene\":0,"
                    + "\"client_ip\":\"127.0.0.1\"}";
    private static final String BODY = "{\"iv\":\"fmW/zNxXlytUZBgj\",\"data\":\""
            + "0IDVdrPtSPF/Oe2CTXCV2vVNPbVJdJlP2WaTMQnoYLh5iCrrSNfQFh25EnStDMf0hLlVNBCZQtf9NaV0m4aRA4AAYIO7oR/Ge+4y"
            + "Y4EmZp5EVPB42xjScgMx5X3D4VdLCfynXIUKUtZHZvk1zmLVE3RauzJgiM1BB1CPmwcENo3MTJ0z8Vfkf5tMv54kOXobDLlV5rfq"
            + "KdAX7gM/rP82DgZdt9vvZX44ipdbHIjJvw83ZXAFtvftdVw2Qd8=\",\"authtag\":\"5qeM/2vZv+6KtScN94IpMg==\"}";
    private static final String SIGNATURE =
            "wcSSWHZunjz9VKl9q+If9deiyECXDAELfAJNZ4+5T+NhFr8zfhkwdQtlgQ7nN5xs99R57La9UjBTRBGge2KYyshWtw7HIMPAqWNs"
                    + "npHvx0b2f7s6Bt7OpfOQLlIfNgepgTVmUwrqW8/7A12szj7tCe/bRFilwnaX6N0w4duHlfL7ic7IIZXouvy9dLRAa5GtEk1e"
                    + "D/LPWRiKh0SvJ3znPY/pSiQW9zSkXVdj9UGGM8qcKLzPGJ7gSmt3ZOPkFapk9wqFmhJwQj//xN5+hUlr2UiNPMNSHve5Y2AD"
                    + "LsNHqk5t7RfAZ8nW9/8lzhVt4t+toy1FeehxCGIC8qgmjIl1hg==";
    private static final String PUBLIC_KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3FoQOmOl5/CF5hF7ta4EzCy2LaU3Eu2k9DBwQ73J82I53Sx9LAgM1DH3"
                    + "IsYohRRx/BESfbdDI2powvr6QYKVIC+4Yavwg7gzhZRxWWmT1HruEADCZAgkUCu+9Il/9FPuitPSoIpBd07NqdkkRe82NBOf"
                    + "rKTdhge/5zd457fl7J81Q5VTIxO8vvq7FSw7k6Jtv+eOjR6SZOWbbUO7f9r4UuUkXmvdGv21qiqtaO1EMw4tUCELzY73M7Np"
                    + "CH3RorlommYX3P6q0VrkDHrCE0/QMhmHsF+46E+IRcJ3wtEj3p/mO1VoCpEhawC1U728ZUTwWNEii8hPEhcNAZTKaQMaTQID"
                    + "AQAB";

    private final SecurityKeys keys = new SecurityKeys(
            SecurityKeys.symmetricKey(SecuredStage.SYMMETRIC),
            SecurityKeys.signingKey(SecuredStage.pem("own-key")),
            SecuredStage.publicKey(PUBLIC_KEY));
    private final JsonNode sealed = new JsonMapper().readTree(BODY);

    @Test
    void the_body_decrypts() throws GeneralSecurityException {
        assertThat(new String(keys.decrypt(bytes("iv"), associated(TIME), ciphertext()), StandardCharsets.UTF_8))
                .isEqualTo(PLAINTEXT);
    }

    @Test
    void the_body_does_not_decrypt_for_another_time() {
        assertThatThrownBy(() -> keys.decrypt(bytes("iv"), associated(TIME + 1), ciphertext()))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void the_signature_is_genuine_for_this_body_alone() {
        String message = URL + "\n" + APP + "\n" + TIME + "\n" + BODY;
        assertThat(BODY).hasSize(324);
        assertThat(keys.isGenuine(message.getBytes(StandardCharsets.UTF_8), SIGNATURE))
                .isTrue();
        assertThat(keys.isGenuine((message + "\n").getBytes(StandardCharsets.UTF_8), SIGNATURE))
                .isFalse();
    }

    @Test
    void with_the_same_random_parts_the_same_body_is_sent() {
        ApiSecurity security = new ApiSecurity(
                APP,
                "https://api.weixin.qq.com",
                SecuredStage.settings(),
                keys,
                () -> Instant.ofEpochSecond(TIME),
                new Randomness() {
                    @Override
                    public String nonce() {
                        return "o89QaPVsRu1yppIZzvSZc4";
                    }

                    @Override
                    public byte[] iv() {
                        return bytes("iv");
                    }
                });
        Fields fields = Fields.with("appid", APP)
                .and("openid", "oEWzBfmdLqhFS2mTXCo2E4Y9gJAM")
                .and("scene", 0)
                .and("client_ip", "127.0.0.1");
        WechatCall call = WechatCall.post(Endpoint.GETUSERRISKRANK, fields.map(), Errcodes::failure)
                .with("access_token", "notInTheBody");
        ApiSecurity.Sealed request = security.seal(call, fields.map());
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(BODY);
        assertThat(request.headers())
                .containsEntry("Wechatmp-Appid", APP)
                .containsEntry("Wechatmp-TimeStamp", Long.toString(TIME))
                .containsOnlyKeys("Wechatmp-Appid", "Wechatmp-TimeStamp", "Wechatmp-Signature");
    }

    private byte[] bytes(String field) {
        return Base64.getDecoder().decode(sealed.path(field).asString());
    }

    private byte[] ciphertext() {
        byte[] data = bytes("data");
        byte[] tag = bytes("authtag");
        byte[] both = Arrays.copyOf(data, data.length + tag.length);
        System.arraycopy(tag, 0, both, data.length, tag.length);
        return both;
    }

    private static String associated(long time) {
        return URL + "|" + APP + "|" + time + "|" + SecuredStage.SYMMETRIC_SERIAL;
    }
}
