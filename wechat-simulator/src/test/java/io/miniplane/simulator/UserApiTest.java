package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UserApiTest {

    private static final String UNION = "/wxa/getpaidunionid";
    private static final String ORIGIN = "/wxa/business/checkencryptedmsg";

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @BeforeEach
    void makeUsers() {
        control.putUser("alice", "union", null, false);
        control.putUser("bob", null, null, false);
    }

    @AfterEach
    void stop() {
        wechat.close();
    }

    private String pay(String openId, String outTradeNo) throws IOException {
        return wechat.order(
                        "POST",
                        "/_control/orders",
                        "{'appId':'%s','openId':'%s','merchantId':'1900000109','outTradeNo':'%s'}"
                                .formatted(SimulatorClient.APP, openId, outTradeNo))
                .path("transactionId")
                .stringValue();
    }

    @Test
    void a_payer_is_known_for_five_minutes() throws IOException {
        String id = pay("alice", "T1");
        Map<String, String> byTransaction = Map.of("openid", "alice", "transaction_id", id);
        Map<String, String> byTrade = Map.of("openid", "alice", "mch_id", "1900000109", "out_trade_no", "T1");
        assertThat(wechat.get(UNION, byTransaction).path("unionid").stringValue())
                .isEqualTo("union");
        assertThat(wechat.get(UNION, byTrade).path("unionid").stringValue()).isEqualTo("union");
        control.advance(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(wechat.refusal(UNION, byTransaction)).isEqualTo(89300);
    }

    @Test
    void a_payer_without_a_union_id_is_refused() throws IOException {
        assertThat(wechat.refusal(UNION, Map.of("openid", "bob", "transaction_id", pay("bob", "T2"))))
                .isEqualTo(89002);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, '', '', '', 40003",
        "'', '', '', '', 40003",
        "alice, 4200, '', '', 89300",
        "alice, '', 1900000109, T9, 89300",
        "alice, '', 1900000109, '', 89300",
        "alice, '', '', '', 89300",
        "bob, '', 1900000109, T1, 89300"
    })
    void an_order_must_be_the_payers(String openId, String id, String merchant, String trade, int errcode)
            throws IOException {
        pay("alice", "T1");
        Map<String, String> query = new HashMap<>(
                Map.of("openid", openId, "transaction_id", id, "mch_id", merchant, "out_trade_no", trade));
        assertThat(wechat.refusal(UNION, query)).isEqualTo(errcode);
    }

    private static String hash(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JsonNode origin(String hash) throws IOException {
        return wechat.post(ORIGIN, SimulatorClient.body("{'encrypted_msg_hash':'%s'}", hash));
    }

    @Test
    void encrypted_data_is_known_by_its_hash_for_three_days() throws IOException {
        wechat.login(control.loginCode(SimulatorClient.APP, "alice").code());
        String data = control.device().phone(SimulatorClient.APP, "alice", null).encryptedData();
        String ofText = hash(data.getBytes(StandardCharsets.US_ASCII));
        String ofBytes = hash(Base64.getDecoder().decode(data));
        for (String hash : new String[] {ofText, ofBytes, ofText.toUpperCase(Locale.ROOT)}) {
            assertThat(origin(hash).path("vaild").booleanValue()).isTrue();
            assertThat(origin(hash).path("create_time").longValue()).isPositive();
        }
        control.advance(Duration.ofDays(3).plusSeconds(1));
        assertThat(origin(ofText).path("vaild").booleanValue(true)).isFalse();
        assertThat(origin(ofText).has("create_time")).isFalse();
    }

    @Test
    void other_data_is_not_wechats_own() throws IOException {
        assertThat(origin("0".repeat(64)).path("vaild").booleanValue(true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"abc", "''"})
    void a_hash_has_64_digits(String hash) throws IOException {
        assertThat(origin(hash).path("errcode").intValue()).isEqualTo(40097);
    }
}
