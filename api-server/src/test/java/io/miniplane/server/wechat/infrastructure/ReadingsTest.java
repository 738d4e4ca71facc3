package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.MiniProgramCodes.QrCode;
import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.UserEncryptionKeys;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.infrastructure.ScriptedWechat.Said;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where WeChat may be read in two ways, both are taken; and what makes no sense is told apart from what does. */
class ReadingsTest {

    private static final String KEYS = "{\"errcode\":0,\"key_info_list\":[]}";

    private final ScriptedWechat wechat = new ScriptedWechat();

    @AfterEach
    void stop() {
        wechat.close();
    }

    @Test
    void user_keys_are_got_by_post_where_wechat_wants_post_and_from_then_on() {
        wechat.says(
                Endpoint.GETUSERENCRYPTKEY.path(),
                asked -> Said.json(asked.method().equals("POST") ? KEYS : "{\"errcode\":43002}"));
        UserEncryptionKeys keys = wechat.clients.userEncryptionKeys();
        for (int i = 0; i < 3; i++) {
            assertThat(result(keys.newest("alice", new SessionKey("k")))).isEmpty();
        }
        assertThat(wechat.asked(Endpoint.GETUSERENCRYPTKEY.path()))
                .extracting(ScriptedWechat.Asked::method)
                .containsExactly("GET", "POST", "POST", "POST");
        assertThat(Reading.USER_KEYS_BY_POST.hasBeenMet()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"vaild, VALID_MISSPELT", "valid, VALID_SPELT_RIGHT"})
    void the_origin_of_data_may_be_spelt_either_way(String field, Reading reading) {
        wechat.says(Endpoint.CHECKENCRYPTEDMSG.path(), "{\"errcode\":0,\"" + field + "\":false,\"create_time\":0}");
        assertThat(result(wechat.clients.encryptedDataOrigins().of("abc")).genuine())
                .isFalse();
        assertThat(reading.hasBeenMet()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"86, COUNTRY_CODE_AS_NUMBER", "'\"86\"', COUNTRY_CODE_AS_TEXT"})
    void the_country_may_be_a_number_or_text(String value, Reading reading) {
        wechat.says(
                Endpoint.GETUSERPHONENUMBER.path(),
                "{\"phone_info\":{\"purePhoneNumber\":\"1\",\"countryCode\":" + value + ",\"watermark\":{\"appid\":\""
                        + WechatStage.APP + "\"}}}");
        assertThat(result(wechat.clients.wechatPhone().exchange("code", "alice"))
                        .countryCode())
                .isEqualTo("86");
        assertThat(reading.hasBeenMet()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, ANSWERS_AS_JSON",
        "text/plain;charset=utf-8, ANSWERS_AS_TEXT",
        "text/html, ANSWERS_AS_ANYTHING"
    })
    void json_may_come_under_any_type(String type, Reading reading) {
        byte[] body = "{\"is_trade_managed\":true}".getBytes(StandardCharsets.UTF_8);
        wechat.says(Endpoint.IS_TRADE_MANAGED.path(), asked -> new Said(200, Map.of("Content-Type", type), body));
        assertThat(result(wechat.clients.shippingInfo().isManaged())).isTrue();
        assertThat(reading.hasBeenMet()).isTrue();
    }

    @Test
    void an_error_in_place_of_a_picture_is_seen_whatever_its_type() {
        byte[] body = "{\"errcode\":45029}".getBytes(StandardCharsets.UTF_8);
        wechat.says(
                Endpoint.CREATEWXAQRCODE.path(), asked -> new Said(200, Map.of("Content-Type", "image/jpeg"), body));
        assertThat(failure(wechat.clients.miniProgramCodes().qrCode(new QrCode("a", 430))))
                .isInstanceOf(WechatFailure.LimitReached.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "oops", "{\"errcode\":0}", "<html></html>"})
    void what_is_no_picture_is_not_taken_for_one(String body) {
        wechat.says(Endpoint.CREATEWXAQRCODE.path(), body);
        assertThat(failure(wechat.clients.miniProgramCodes().qrCode(new QrCode("a", 430))))
                .isInstanceOf(WechatFailure.Unintelligible.class);
    }

    @Test
    void a_picture_of_a_megabyte_is_taken_and_one_without_end_is_not() {
        wechat.says(Endpoint.CREATEWXAQRCODE.path(), asked -> picture(1024 * 1024));
        assertThat(result(wechat.clients.miniProgramCodes().qrCode(new QrCode("a", 430)))
                        .bytes())
                .hasSize(1024 * 1024);
        wechat.says(Endpoint.CREATEWXAQRCODE.path(), asked -> picture(3 * 1024 * 1024));
        assertThat(failure(wechat.clients.miniProgramCodes().qrCode(new QrCode("a", 430))))
                .isInstanceOf(WechatFailure.Unintelligible.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MSG_SEC_CHECK|{\"trace_id\":\"t\"}",
                "MSG_SEC_CHECK|{\"result\":{\"suggest\":\"maybe\",\"label\":100},\"trace_id\":\"t\"}",
                "MEDIA_CHECK_ASYNC|{}",
                "GETUSERRISKRANK|{\"risk_rank\":5}",
                "GETUSERRISKRANK|{\"risk_rank\":\"high\"}",
                "RESETUSERSESSIONKEY|{\"openid\":\"o\"}",
                "GETPAIDUNIONID|{\"errcode\":0}",
                "CHECKENCRYPTEDMSG|{\"errcode\":0}",
                "GETTEMPLATE|{\"data\":{}}",
                "QUERYSCHEME|{\"scheme_info\":[]}",
                "GENERATESCHEME|{\"openlink\":\"\"}",
                "GET_ORDER|{\"order\":{}}",
                "IS_TRADE_MANAGED|{}",
                "QUOTA_GET|{\"quota\":{\"daily_limit\":1}}"
            })
    void an_answer_without_what_it_has_to_hold_is_unintelligible(Endpoint endpoint, String body) {
        wechat.says(endpoint.path(), body);
        Sample sample = Sample.all().stream()
                .filter(one -> one.endpoint() == endpoint)
                .findFirst()
                .orElseThrow();
        assertThat(failure(sample.call().apply(wechat))).isInstanceOf(WechatFailure.Unintelligible.class);
    }

    private static Said picture(int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) 0xff;
        bytes[1] = (byte) 0xd8;
        bytes[2] = (byte) 0xff;
        return new Said(200, Map.of("Content-Type", "image/jpeg"), bytes);
    }
}
