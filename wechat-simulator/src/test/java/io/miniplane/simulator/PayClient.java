package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.pay.Merchant;
import io.miniplane.simulator.pay.Payments.PayRequest;
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
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls WeChat Pay as a merchant does, with cryptography of its own. */
public final class PayClient implements AutoCloseable {

    static final String NOTIFY = "https://shop.example/notifications";

    private static final JsonMapper JSON = new JsonMapper();

    private final WechatSimulator simulator;
    private final Merchant merchant;

    String wishedKey = "";
    Instant now = Instant.now();
    String serial;
    String merchantId;

    PayClient() {
        this(WechatSimulator.start(SimulatorOptions.trial()));
    }

    /** The merchant of this simulator, which ends with the client. */
    public PayClient(WechatSimulator simulator) {
        this.simulator = simulator;
        this.merchant = simulator.control().payments().merchant();
        this.serial = merchant.certificateSerial();
        this.merchantId = merchant.id();
    }

    Control control() {
        return simulator.control();
    }

    String merchantId() {
        return merchant.id();
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException {
        return send(method, path, body, body);
    }

    HttpResponse<String> send(String method, String path, String body, String signedBody) throws IOException {
        String message = "%s\n%s\n%d\nnonce\n%s\n".formatted(method, path, now.getEpochSecond(), signedBody);
        String authorization =
                "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"nonce\",timestamp=\"%d\",serial_no=\"%s\",signature=\"%s\""
                        .formatted(merchantId, now.getEpochSecond(), serial, sign(message));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", authorization);
        if (!wishedKey.isEmpty()) {
            request.header("Wechatpay-Serial", wishedKey);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends a call and expects this status. */
    JsonNode call(int status, String method, String path, String body) throws IOException {
        HttpResponse<String> response = send(method, path, body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? JSON.missingNode() : JSON.readTree(response.body());
    }

    /** Sends a call and gives the error that answers it. */
    String error(String method, String path, String body) throws IOException {
        return JSON.readTree(send(method, path, body.replace('\'', '"')).body())
                .path("code")
                .stringValue("");
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    String prepayBody(String outTradeNo, String more) {
        return ("{'appid':'%s','mchid':'%s','description':'Tea','out_trade_no':'%s','notify_url':'%s',"
                        + "'amount':{'total':990,'currency':'CNY'},'payer':{'openid':'alice'}%s}")
                .formatted(SimulatorClient.APP, merchant.id(), outTradeNo, NOTIFY, more);
    }

    /** Asks for 9.90 yuan from a user, to be notified at this address. */
    public String prepay(String outTradeNo, String openId, URI notifyUrl) throws IOException {
        String body = prepayBody(outTradeNo, "").replace("alice", openId).replace(NOTIFY, notifyUrl.toString());
        return call(200, "POST", "/v3/pay/transactions/jsapi", body)
                .path("prepay_id")
                .stringValue();
    }

    String prepay(String outTradeNo) throws IOException {
        return call(200, "POST", "/v3/pay/transactions/jsapi", prepayBody(outTradeNo, ""))
                .path("prepay_id")
                .stringValue();
    }

    /** How far an order is. */
    public JsonNode query(String outTradeNo) throws IOException {
        return call(200, "GET", "/v3/pay/transactions/out-trade-no/" + outTradeNo + "?mchid=" + merchant.id(), "");
    }

    String refundBody(String outTradeNo, String outRefundNo, long fen, String more) {
        return "{'out_trade_no':'%s','out_refund_no':'%s','amount':{'refund':%d,'total':990,'currency':'CNY'}%s}"
                .formatted(outTradeNo, outRefundNo, fen, more);
    }

    PayRequest payRequest(String prepayId) {
        String packageText = "prepay_id=" + prepayId;
        String sign = sign("%s\n1700000000\nabc\n%s\n".formatted(SimulatorClient.APP, packageText));
        return new PayRequest(SimulatorClient.APP, "1700000000", "abc", packageText, "RSA", sign);
    }

    private String sign(String message) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(merchant.keys().getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether these headers sign this body by the key. */
    static boolean signs(PublicKey key, String timestamp, String nonce, String signature, String body) {
        try {
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update((timestamp + "\n" + nonce + "\n" + body + "\n").getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    static boolean signs(PublicKey key, HttpResponse<String> response) {
        return signs(
                key,
                header(response, "Wechatpay-Timestamp"),
                header(response, "Wechatpay-Nonce"),
                header(response, "Wechatpay-Signature"),
                response.body());
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder()
                            .decode(control().payments().keys().publicKeyPem().replaceAll("-----[A-Z ]+-----", ""))));
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    static PublicKey certified(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .getPublicKey();
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** The clear text of what is sealed under the merchant's API v3 key. */
    String open(JsonNode sealed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(merchant.apiV3Key().getBytes(StandardCharsets.UTF_8), "AES"),
                    new GCMParameterSpec(128, sealed.path("nonce").stringValue().getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(sealed.path("associated_data").stringValue().getBytes(StandardCharsets.UTF_8));
            byte[] text = cipher.doFinal(
                    Base64.getDecoder().decode(sealed.path("ciphertext").stringValue()));
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException wrongKey) {
            throw new IllegalArgumentException(wrongKey);
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
