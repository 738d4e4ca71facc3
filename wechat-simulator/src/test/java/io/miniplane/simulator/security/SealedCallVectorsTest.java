package io.miniplane.simulator.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.world.AppSecurity;
import io.miniplane.simulator.world.AppSecurity.DeveloperKey;
import io.miniplane.simulator.world.AppSecurity.SymmetricKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The published example of a sealed call. */
class SealedCallVectorsTest {

    private static final String APP = "wxba6223c06417af7b";
    private static final Instant AT = Instant.ofEpochSecond(1635927954);
    private static final String BODY = "{\"iv\":\"fmW/zNxXlytUZBgj\",\"data\":\""
            + "0IDVdrPtSPF/Oe2CTXCV2vVNPbVJdJlP2WaTMQnoYLh5iCrrSNfQFh25EnStDMf0hLlVNBCZQtf9NaV0m4aRA4AAYIO7oR/Ge+4y"
            + "Y4EmZp5EVPB42xjScgMx5X3D4VdLCfynXIUKUtZHZvk1zmLVE3RauzJgiM1BB1CPmwcENo3MTJ0z8Vfkf5tMv54kOXobDLlV5rfq"
            + "KdAX7gM/rP82DgZdt9vvZX44ipdbHIjJvw83ZXAFtvftdVw2Qd8=\",\"authtag\":\"5qeM/2vZv+6KtScN94IpMg==\"}";
    private static final String SIGNATURE =
            "wcSSWHZunjz9VKl9q+If9deiyECXDAELfAJNZ4+5T+NhFr8zfhkwdQtlgQ7nN5xs99R57La9UjBTRBGge2KYyshWtw7HIMPAqWNsnpHv"
                    + "x0b2f7s6Bt7OpfOQLlIfNgepgTVmUwrqW8/7A12szj7tCe/bRFilwnaX6N0w4duHlfL7ic7IIZXouvy9dLRAa5GtEk1e"
                    + "D/LPWRiKh0SvJ3znPY/pSiQW9zSkXVdj9UGGM8qcKLzPGJ7gSmt3ZOPkFapk9wqFmhJwQj//xN5+hUlr2UiNPMNSHve5"
                    + "Y2ADLsNHqk5t7RfAZ8nW9/8lzhVt4t+toy1FeehxCGIC8qgmjIl1hg==";
    private static final String PUBLIC_KEY =
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3FoQOmOl5/CF5hF7ta4EzCy2LaU3Eu2k9DBwQ73J82I53Sx9LAgM1DH3IsYo"
                    + "hRRx/BESfbdDI2powvr6QYKVIC+4Yavwg7gzhZRxWWmT1HruEADCZAgkUCu+9Il/9FPuitPSoIpBd07NqdkkRe82NBOf"
                    + "rKTdhge/5zd457fl7J81Q5VTIxO8vvq7FSw7k6Jtv+eOjR6SZOWbbUO7f9r4UuUkXmvdGv21qiqtaO1EMw4tUCELzY73"
                    + "M7NpCH3RorlommYX3P6q0VrkDHrCE0/QMhmHsF+46E+IRcJ3wtEj3p/mO1VoCpEhawC1U728ZUTwWNEii8hPEhcNAZTK"
                    + "aQMaTQIDAQAB";

    private static AppSecurity security() {
        byte[] key = Base64.getDecoder().decode("otUpngOjU+nVQaWJIC3D/yMLV17RKaP6t4Ot9tbnzLY=");
        return new AppSecurity(
                new SymmetricKey("fa05fe1e5bcc79b81ad5ad4b58acf787", new SecretKeySpec(key, "AES")),
                new DeveloperKey("97845f6ed842ea860df6fdf65941ff56", KeyMaker.publicKey(PUBLIC_KEY)),
                KeyMaker.platform(AT),
                null,
                true,
                false);
    }

    private static Map<String, String> headers() {
        return new HashMap<>(
                Map.of("wechatmp-appid", APP, "wechatmp-timestamp", "1635927954", "wechatmp-signature", SIGNATURE));
    }

    private static Call call(Map<String, String> headers, String body) {
        return new Call(
                "POST",
                "/wxa/getuserriskrank?access_token=t",
                "/wxa/getuserriskrank",
                Map.of("access_token", "t"),
                headers,
                body,
                "127.0.0.1");
    }

    @Test
    void the_example_is_opened() {
        Call opened =
                SealedCalls.open(APP, security(), call(headers(), BODY), AT).call();
        JsonNode clear = Json.parse(opened.body());
        assertThat(clear.toString())
                .isEqualTo("{\"appid\":\"wxba6223c06417af7b\",\"openid\":\"oEWzBfmdLqhFS2mTXCo2E4Y9gJAM\","
                        + "\"scene\":0,\"client_ip\":\"127.0.0.1\"}");
        assertThat(opened.query()).containsEntry("openid", "oEWzBfmdLqhFS2mTXCo2E4Y9gJAM");
    }

    @Test
    void the_example_may_name_the_developers_key() {
        Map<String, String> headers = headers();
        headers.put("wechatmp-serial", "97845f6ed842ea860df6fdf65941ff56");
        assertThat(SealedCalls.open(APP, security(), call(headers, BODY), AT).address())
                .isEqualTo("https://api.weixin.qq.com/wxa/getuserriskrank");
    }

    @ParameterizedTest
    @CsvSource({
        "Wechatmp-Timestamp, '', 40231",
        "Wechatmp-Signature, '', 40232",
        "Wechatmp-Appid, '', 40233",
        "Wechatmp-Signature, AAAA, 40234",
        "Wechatmp-Signature, ---, 40234",
        "Wechatmp-Serial, other, 40234",
        "Wechatmp-Timestamp, 1635927955, 40234",
        "Wechatmp-Appid, nonsense, 40236",
        "Wechatmp-Appid, wx0123456789abcdef, 40237",
        "Wechatmp-Timestamp, soon, 40240",
        "Wechatmp-Timestamp, 1635928255, 40240",
        "Wechatmp-Timestamp, 1635927653, 40240"
    })
    void each_header_counts(String name, String value, int errcode) {
        Map<String, String> headers = headers();
        headers.put(name.toLowerCase(Locale.ROOT), value);
        assertRefused(errcode, security(), call(headers, BODY), AT);
    }

    @Test
    void a_changed_body_is_refused() {
        assertRefused(40234, security(), call(headers(), BODY.replace("fmW", "fmX")), AT);
    }

    @Test
    void an_old_call_is_refused() {
        assertThat(SealedCalls.open(APP, security(), call(headers(), BODY), AT.plusSeconds(300)))
                .isNotNull();
        assertRefused(40240, security(), call(headers(), BODY), AT.plusSeconds(301));
    }

    @Test
    void missing_keys_are_told() {
        AppSecurity all = security();
        assertRefused(
                40238,
                new AppSecurity(null, all.developer(), all.platform(), null, true, false),
                call(headers(), BODY),
                AT);
        assertRefused(
                40239,
                new AppSecurity(all.symmetric(), null, all.platform(), null, true, false),
                call(headers(), BODY),
                AT);
        assertRefused(40238, null, call(headers(), BODY), AT);
    }

    @Test
    void a_serial_may_be_required() {
        AppSecurity all = security();
        assertRefused(
                40230,
                new AppSecurity(all.symmetric(), all.developer(), all.platform(), null, true, true),
                call(headers(), BODY),
                AT);
    }

    private static void assertRefused(int errcode, AppSecurity security, Call call, Instant now) {
        assertThatThrownBy(() -> SealedCalls.open(APP, security, call, now))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code())
                                .extracting(ErrCode::code)
                                .isEqualTo(errcode));
    }
}
