package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.control.SecurityControl.Certificate;
import io.miniplane.simulator.control.SecurityControl.DeveloperKeys;
import io.miniplane.simulator.control.SecurityControl.Wish;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Seals and opens with code of its own, as a server does. */
class CallSecurityTest {

    private static final String APP = SimulatorClient.APP;
    private static final String RISK = "/wxa/getuserriskrank";
    private static final String OFFICIAL = "https://api.weixin.qq.com";
    private static final JsonMapper JSON = new JsonMapper();

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();
    private String token = "";

    @BeforeEach
    void openTheApp() throws IOException {
        control.putUser("alice", null, null, false);
        control.loginCode(APP, "alice");
        control.content().riskRank("alice", 3);
        token = wechat.token();
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private long now() {
        return control.clock().instant().getEpochSecond();
    }

    private static String question(long timestamp) {
        return ("{\"_n\":\"c29tZXRoaW5nIHJhbmRvbQ==\",\"_appid\":\"%s\",\"_timestamp\":%d,\"appid\":\"%s\","
                        + "\"openid\":\"alice\",\"scene\":0,\"client_ip\":\"10.0.0.1\"}")
                .formatted(APP, timestamp, APP);
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static PSSParameterSpec pss() {
        return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
    }

    private static String seal(DeveloperKeys keys, String text, String url, long timestamp)
            throws GeneralSecurityException {
        byte[] iv = "twelve bytes".getBytes(StandardCharsets.US_ASCII);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Base64.getDecoder().decode(keys.symmetricKey()), "AES"),
                new GCMParameterSpec(128, iv));
        cipher.updateAAD(
                (url + "|" + APP + "|" + timestamp + "|" + keys.symmetricKeySerial()).getBytes(StandardCharsets.UTF_8));
        byte[] out = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        return "{\"iv\":\"%s\",\"data\":\"%s\",\"authtag\":\"%s\"}"
                .formatted(
                        base64.encodeToString(iv),
                        base64.encodeToString(Arrays.copyOf(out, out.length - 16)),
                        base64.encodeToString(Arrays.copyOfRange(out, out.length - 16, out.length)));
    }

    private static String sign(DeveloperKeys keys, String text) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(keys.signingKey())));
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(pss());
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
        URI uri =
                URI.create(wechat.simulator().baseUri() + path + SimulatorClient.query(Map.of("access_token", token)));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .headers(headers)
                .POST(BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> sendSealed(DeveloperKeys keys, String text, String host, long timestamp)
            throws Exception {
        String url = host + RISK;
        String body = seal(keys, text, url, timestamp);
        return send(
                RISK,
                body,
                "Wechatmp-Appid",
                APP,
                "Wechatmp-TimeStamp",
                Long.toString(timestamp),
                "Wechatmp-Signature",
                sign(keys, url + "\n" + APP + "\n" + timestamp + "\n" + body));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static boolean isSigned(HttpResponse<String> response, String certificate, String url, String header)
            throws GeneralSecurityException {
        X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
        x509.verify(x509.getPublicKey());
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(pss());
        signature.initVerify(x509.getPublicKey());
        signature.update((url + "\n" + APP + "\n" + header(response, "Wechatmp-TimeStamp") + "\n" + response.body())
                .getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(header(response, header)));
    }

    private static JsonNode open(DeveloperKeys keys, HttpResponse<String> response, String url)
            throws GeneralSecurityException {
        JsonNode sealed = JSON.readTree(response.body());
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] data = base64.decode(sealed.path("data").stringValue());
        byte[] both = Arrays.copyOf(data, data.length + 16);
        System.arraycopy(base64.decode(sealed.path("authtag").stringValue()), 0, both, data.length, 16);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(base64.decode(keys.symmetricKey()), "AES"),
                new GCMParameterSpec(128, base64.decode(sealed.path("iv").stringValue())));
        cipher.updateAAD(
                (url + "|" + APP + "|" + header(response, "Wechatmp-TimeStamp") + "|" + keys.symmetricKeySerial())
                        .getBytes(StandardCharsets.UTF_8));
        return JSON.readTree(new String(cipher.doFinal(both), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_sealed_call_gets_a_sealed_answer_whichever_address_was_signed(boolean official) throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(true));
        String host = official ? OFFICIAL : wechat.simulator().baseUri().toString();
        HttpResponse<String> response = sendSealed(keys, question(now()), host, now());
        assertThat(header(response, "Wechatmp-Appid")).isEqualTo(APP);
        assertThat(header(response, "Wechatmp-Serial")).isEqualTo(keys.platformCertificateSerial());
        assertThat(header(response, "Wechatmp-Serial-Deprecated")).isEmpty();
        assertThat(isSigned(response, keys.platformCertificate(), host + RISK, "Wechatmp-Signature"))
                .isTrue();
        JsonNode clear = open(keys, response, host + RISK);
        assertThat(clear.path("risk_rank").intValue()).isEqualTo(3);
        assertThat(clear.path("_appid").stringValue()).isEqualTo(APP);
        assertThat(clear.path("_n").stringValue()).isNotEmpty();
        assertThat(Long.toString(clear.path("_timestamp").longValue()))
                .isEqualTo(header(response, "Wechatmp-TimeStamp"));
    }

    @Test
    void a_sealed_get_has_no_body_and_gets_a_sealed_answer() throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(true));
        String path = "/wxaapi/newtmpl/getcategory";
        String timestamp = Long.toString(now());
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        wechat.simulator().baseUri() + path + SimulatorClient.query(Map.of("access_token", token))))
                .header("Wechatmp-Appid", APP)
                .header("Wechatmp-TimeStamp", timestamp)
                .header("Wechatmp-Signature", sign(keys, OFFICIAL + path + "\n" + APP + "\n" + timestamp + "\n"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            assertThat(open(keys, response, OFFICIAL + path).path("data").size())
                    .isEqualTo(3);
        }
    }

    @Test
    void answers_are_signed_with_both_keys_during_the_change_of_the_certificate() throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(false));
        Certificate next = control.security().rotate(APP);
        HttpResponse<String> response = sendSealed(keys, question(now()), OFFICIAL, now());
        String url = OFFICIAL + RISK;
        assertThat(header(response, "Wechatmp-Serial")).isEqualTo(next.platformCertificateSerial());
        assertThat(header(response, "Wechatmp-Serial-Deprecated")).isEqualTo(keys.platformCertificateSerial());
        assertThat(isSigned(response, next.platformCertificate(), url, "Wechatmp-Signature"))
                .isTrue();
        assertThat(isSigned(response, keys.platformCertificate(), url, "Wechatmp-Signature-Deprecated"))
                .isTrue();
        control.security().endRotation(APP);
        HttpResponse<String> later = sendSealed(keys, question(now()), OFFICIAL, now());
        assertThat(header(later, "Wechatmp-Serial")).isEqualTo(next.platformCertificateSerial());
        assertThat(header(later, "Wechatmp-Signature-Deprecated")).isEmpty();
    }

    @Test
    void errors_come_in_the_clear() throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(true));
        String text = question(now()).replace("alice", "nobody");
        HttpResponse<String> response = sendSealed(keys, text, OFFICIAL, now());
        assertThat(JSON.readTree(response.body()).path("errcode").intValue()).isEqualTo(40003);
        assertThat(header(response, "Wechatmp-Signature")).isEmpty();
    }

    @Test
    void a_plain_call_is_refused_only_where_sealing_is_enforced_and_possible() throws Exception {
        String body = question(now());
        control.security().secure(APP, Wish.made(false));
        assertThat(wechat.refusal(RISK, body)).isZero();
        control.security().secure(APP, Wish.made(true));
        assertThat(wechat.refusal(RISK, body)).isEqualTo(40231);
        assertThat(wechat.refusal("/cgi-bin/get_api_domain_ip", Map.of())).isZero();
        assertThat(wechat.refusal("/wxaapi/newtmpl/getcategory", Map.of())).isZero();
        control.security().off(APP);
        assertThat(wechat.refusal(RISK, body)).isZero();
    }

    @Test
    void a_plain_call_with_the_headers_of_a_sealed_one_is_refused() throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(true));
        long timestamp = now();
        String body = question(timestamp);
        HttpResponse<String> response = send(
                RISK,
                body,
                "Wechatmp-Appid",
                APP,
                "Wechatmp-TimeStamp",
                Long.toString(timestamp),
                "Wechatmp-Signature",
                sign(keys, OFFICIAL + RISK + "\n" + APP + "\n" + timestamp + "\n" + body));
        assertThat(JSON.readTree(response.body()).path("errcode").intValue()).isEqualTo(40235);
    }

    @ParameterizedTest
    @CsvSource({"_appid, 40236", "_timestamp, 40235", "_n, 40235"})
    void what_is_inside_must_agree_with_the_headers(String name, int errcode) throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(true));
        String text = question(now()).replace("\"" + name + "\"", "\"" + name + "x\"");
        HttpResponse<String> response = sendSealed(keys, text, OFFICIAL, now());
        assertThat(JSON.readTree(response.body()).path("errcode").intValue()).isEqualTo(errcode);
    }

    @Test
    void another_key_is_refused() throws Exception {
        DeveloperKeys keys = control.security().secure(APP, Wish.made(true));
        DeveloperKeys wrong = new DeveloperKeys(
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                keys.symmetricKeySerial(),
                keys.signingKey(),
                keys.signingKeySerial(),
                keys.platformCertificate(),
                keys.platformCertificateSerial());
        HttpResponse<String> response = sendSealed(wrong, question(now()), OFFICIAL, now());
        assertThat(JSON.readTree(response.body()).path("errcode").intValue()).isEqualTo(40235);
        assertThat(keys.toString()).doesNotContain(keys.symmetricKey());
    }

    @Test
    void the_keys_are_handed_out_over_http_and_forgotten_at_will() throws Exception {
        String path = "/_control/apps/" + APP + "/security";
        JsonNode keys = wechat.order("PUT", path, "{'enforced':true}");
        assertThat(Base64.getDecoder().decode(keys.path("symmetricKey").stringValue()))
                .hasSize(32);
        assertThat(keys.path("signingKey").stringValue()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(keys.path("platformCertificate").stringValue()).startsWith("-----BEGIN CERTIFICATE-----\n");
        for (String serial : new String[] {"symmetricKeySerial", "signingKeySerial", "platformCertificateSerial"}) {
            assertThat(keys.path(serial).stringValue()).matches("[0-9a-f]{32}");
        }
        assertThat(wechat.order("PUT", path + "/rotation", "{}")
                        .path("platformCertificate")
                        .stringValue())
                .startsWith("-----BEGIN CERTIFICATE-----\n");
        wechat.order("PUT", path + "/rotation", "{'active':false}");
        DeveloperKeys some = control.security().secure(APP, Wish.made(true));
        control.security().forget(APP, true, false);
        assertThat(errcode(sendSealed(some, question(now()), OFFICIAL, now()))).isEqualTo(40238);
        some = control.security().secure(APP, Wish.made(true));
        control.security().forget(APP, false, true);
        assertThat(errcode(sendSealed(some, question(now()), OFFICIAL, now()))).isEqualTo(40239);
        wechat.order("PUT", path, "{'serialRequired':true}");
        assertThat(errcode(send(RISK, "{}", "Wechatmp-Appid", APP))).isEqualTo(40230);
        wechat.order("PUT", path, "{'enabled':false}");
        assertThat(errcode(send(RISK, question(now()), "Accept", "*/*"))).isZero();
    }

    private static int errcode(HttpResponse<String> response) {
        return JSON.readTree(response.body()).path("errcode").intValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'symmetricKey':'AAAA'}; 32 bytes in base64",
                "{'symmetricKey':'-'}; 32 bytes in base64",
                "{'publicKey':'none'}; RSA public key as PEM"
            })
    void a_malformed_key_is_refused(String body, String sentence) throws IOException {
        HttpResponse<String> response =
                wechat.send("PUT", "/_control/apps/" + APP + "/security", SimulatorClient.body(body));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(sentence);
    }

    @Test
    void only_a_secured_app_changes_its_certificate() throws IOException {
        assertThat(wechat.send("PUT", "/_control/apps/" + APP + "/security/rotation", "{}")
                        .body())
                .contains("This app is not secured");
    }
}
