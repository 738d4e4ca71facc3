package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.Shipment;
import io.miniplane.server.wechat.ShippingInfo.Told;
import io.miniplane.server.wechat.WechatFailure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What WeChat's error numbers mean, call by call. */
class ErrorNumbersTest {

    private final ScriptedWechat wechat = new ScriptedWechat();

    @AfterEach
    void stop() {
        wechat.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RESETUSERSESSIONKEY, 87007, SessionDead, 40013",
        "RESETUSERSESSIONKEY, 87009, SessionDead, 40013",
        "RESETUSERSESSIONKEY, 45011, QuotaUsedUp, 42902",
        "GETUSERENCRYPTKEY, 87007, SessionDead, 40013",
        "GETPAIDUNIONID, 40003, UserUnknown, 40014",
        "GETPAIDUNIONID, 89002, NoUnionId, 40018",
        "GETPAIDUNIONID, 89300, NothingThere, 40016",
        "GETUSERPHONENUMBER, 40029, CodeRejected, 40001",
        "GETUSERPHONENUMBER, 48001, NotAuthorised, 50203",
        "SUBSCRIBE_SEND, 40003, UserUnknown, 40014",
        "SUBSCRIBE_SEND, 40037, NothingThere, 40016",
        "SUBSCRIBE_SEND, 41030, BadArgument, 40010",
        "SUBSCRIBE_SEND, 43101, SubscriptionRefused, 40012",
        "SUBSCRIBE_SEND, 43107, NotAuthorised, 50203",
        "SUBSCRIBE_SEND, 43108, Unavailable, 50301",
        "SUBSCRIBE_SEND, 45168, ContentRefused, 40015",
        "SUBSCRIBE_SEND, 47003, BadArgument, 40010",
        "CUSTOM_SEND, 45015, UserInactive, 40011",
        "CUSTOM_SEND, 45047, UserInactive, 40011",
        "ADDTEMPLATE, 200011, NotAuthorised, 50203",
        "ADDTEMPLATE, 200012, LimitReached, 50204",
        "ADDTEMPLATE, 200014, NothingThere, 40016",
        "ADDTEMPLATE, 200020, BadArgument, 40010",
        "ADDTEMPLATE, 200022, BadArgument, 40010",
        "GETTEMPLATE, 45009, QuotaUsedUp, 42902",
        "MSG_SEC_CHECK, 40129, BadArgument, 40010",
        "MSG_SEC_CHECK, 43104, NotAuthorised, 50203",
        "MSG_SEC_CHECK, 44991, QuotaUsedUp, 42902",
        "MSG_SEC_CHECK, 45009, QuotaUsedUp, 42902",
        "MSG_SEC_CHECK, 47001, BadArgument, 40010",
        "MSG_SEC_CHECK, 61010, UserInactive, 40011",
        "MEDIA_CHECK_ASYNC, 40004, BadArgument, 40010",
        "MEDIA_CHECK_ASYNC, 87020, BadArgument, 40010",
        "GETUSERRISKRANK, 61080, NotAuthorised, 50203",
        "GETUSERRISKRANK, 9410009, NotAuthorised, 50203",
        "GETWXACODEUNLIMIT, 41030, BadArgument, 40010",
        "GETWXACODEUNLIMIT, 40169, BadArgument, 40010",
        "GETWXACODE, 45029, LimitReached, 50204",
        "CREATEWXAQRCODE, 45029, LimitReached, 50204",
        "GENERATESCHEME, 40165, BadArgument, 40010",
        "GENERATESCHEME, 44990, Unavailable, 50301",
        "GENERATESCHEME, 44993, QuotaUsedUp, 42902",
        "GENERATESCHEME, 85079, NotAuthorised, 50203",
        "GENERATESCHEME, 85401, BadArgument, 40010",
        "GENERATE_URLLINK, 85408, BadArgument, 40010",
        "GENWXASHORTLINK, 40225, BadArgument, 40010",
        "GENWXASHORTLINK, 85400, LimitReached, 50204",
        "QUOTA_GET, 76021, NothingThere, 40016",
        "QUOTA_GET, 76022, BadArgument, 40010",
        "RID_GET, 76002, NothingThere, 40016",
        "CLEAR_QUOTA, 48006, QuotaUsedUp, 42902",
        "UPLOAD_SHIPPING_INFO, 10060001, NothingThere, 40016",
        "UPLOAD_SHIPPING_INFO, 10060003, NotShippable, 40017",
        "UPLOAD_SHIPPING_INFO, 10060004, NotShippable, 40017",
        "UPLOAD_SHIPPING_INFO, 10060006, BadArgument, 40010",
        "UPLOAD_SHIPPING_INFO, 10060012, Unavailable, 50301",
        "UPLOAD_SHIPPING_INFO, 10060019, Unavailable, 50301",
        "UPLOAD_SHIPPING_INFO, 10060026, BadArgument, 40010",
        "UPLOAD_SHIPPING_INFO, 10060031, UserUnknown, 40014",
        "UPLOAD_SHIPPING_INFO, 268485195, BadArgument, 40010",
        "UPLOAD_SHIPPING_INFO, 268485228, BadArgument, 40010",
        "UPLOAD_SHIPPING_INFO, 48001, NotAuthorised, 50203",
        "CHECKSESSION, 40001, Refused, 50201",
        "CHECKSESSION, 40236, SecurityBroken, 50205",
        "CHECKSESSION, 99999, Refused, 50201"
    })
    void a_number_is_one_kind_of_failure_with_one_code(Endpoint endpoint, int errcode, String kind, int code) {
        wechat.says(endpoint.path(), "{\"errcode\":" + errcode + ",\"errmsg\":\"x rid: 1-2-3\"}");
        WechatFailure failure = failure(sample(endpoint).call().apply(wechat));
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.code().value()).isEqualTo(code);
        assertThat(failure.errcode()).isEqualTo(errcode);
    }

    @ParameterizedTest
    @CsvSource({"87007", "87009"})
    void a_session_that_is_over_is_no_failure_of_the_question(int errcode) {
        wechat.says(Endpoint.CHECKSESSION.path(), "{\"errcode\":" + errcode + "}");
        assertThat((Object) result(sample(Endpoint.CHECKSESSION).call().apply(wechat)))
                .isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({"0, ACCEPTED", "10060002, ALREADY_SHIPPED", "10060023, UNCHANGED"})
    void shipping_that_wechat_knows_already_is_told(int errcode, Told told) {
        wechat.says(Endpoint.UPLOAD_SHIPPING_INFO.path(), "{\"errcode\":" + errcode + "}");
        assertThat((Object) result(sample(Endpoint.UPLOAD_SHIPPING_INFO).call().apply(wechat)))
                .isEqualTo(told);
        assertThat(wechat.meters
                        .get("miniplane.wechat.request")
                        .tags("api", "upload_shipping_info", "outcome", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10060012, 3", "10060019, 3", "10060001, 1", "10060003, 1"})
    void shipping_is_told_again_only_where_another_change_was_under_way(int errcode, int times) {
        wechat.says(Endpoint.UPLOAD_SHIPPING_INFO.path(), "{\"errcode\":" + errcode + "}");
        failure(sample(Endpoint.UPLOAD_SHIPPING_INFO).call().apply(wechat));
        assertThat(wechat.asked(Endpoint.UPLOAD_SHIPPING_INFO.path())).hasSize(times);
    }

    @Test
    void a_payment_that_is_not_known_yet_may_be_known_in_a_minute() {
        wechat.says(Endpoint.UPLOAD_SHIPPING_INFO.path(), "{\"errcode\":10060001}");
        assertThat(failure(sample(Endpoint.UPLOAD_SHIPPING_INFO).call().apply(wechat))
                        .retryAfter())
                .hasMinutes(1);
    }

    @Test
    void parts_of_an_order_are_told_as_parts() {
        Shipment.Goods last = new Shipment.Goods(
                new OrderName.Transaction("4200001"),
                Shipment.Logistics.EXPRESS,
                Shipment.Delivery.SPLIT_LAST,
                List.of(
                        new Shipment.Parcel("Tea", new Shipment.Waybill("ZTO", "T1", null, null)),
                        new Shipment.Parcel("Cups", new Shipment.Waybill("ZTO", "T2", null, null))));
        wechat.says(Endpoint.UPLOAD_SHIPPING_INFO.path(), "{\"errcode\":0}");
        result(wechat.clients.shippingInfo().upload(new Shipment(last, "alice", Instant.EPOCH)));
        assertThat(wechat.asked(Endpoint.UPLOAD_SHIPPING_INFO.path()).getFirst().body())
                .contains("\"delivery_mode\":2,\"is_all_delivered\":true", "T1", "T2")
                .contains("\"upload_time\":\"1970-01-01T08:00:00.000+08:00\"");
    }

    private static Sample sample(Endpoint endpoint) {
        return Sample.all().stream()
                .filter(sample -> sample.endpoint() == endpoint)
                .findFirst()
                .orElseThrow();
    }
}
