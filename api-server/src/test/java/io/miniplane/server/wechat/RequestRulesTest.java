package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.platform.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What WeChat asks of requests is checked before it is asked. */
class RequestRulesTest {

    private static final OrderName ORDER = new OrderName.Transaction("4200001");
    private static final Shipment.Parcel LOOSE = new Shipment.Parcel("Tea", null);
    private static final Shipment.Parcel CARRIED =
            new Shipment.Parcel("Tea", new Shipment.Waybill("ZTO", "T1", null, null));

    private static Arguments broken(String rule, ThrowingCallable request) {
        return Arguments.of(rule, request);
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                broken("missing", () -> text(" ")),
                broken("too-long", () -> text("字".repeat(2501))),
                broken(
                        "only-in-profiles",
                        () -> new ContentChecks.Text("o", ContentChecks.Scene.FORUM, "c", null, null, "s")),
                broken("not-a-web-address", () -> media("ftp://a/b")),
                broken("not-a-web-address", () -> media("https:/b")),
                broken("not-an-address", () -> RiskRanks.Question.of("o", RiskRanks.Scene.CONTENT, "localhost")),
                broken("missing", () -> message(Map.of())),
                broken("not-a-keyword", () -> message(Map.of("thing", "Tea"))),
                broken("out-of-range", () -> new MessageTemplates.NewTemplate("1", List.of(1), "s")),
                broken("too-long", () -> new MessageTemplates.NewTemplate("1", List.of(1, 2), "s".repeat(16))),
                broken("out-of-range", () -> new MessageTemplates.TitleQuery(List.of(1), 0, 31)),
                broken("out-of-range", () -> new MiniProgramCodes.Look(279, false, null, false)),
                broken("out-of-range", () -> new MiniProgramCodes.Look(300, false, 0x1000000, false)),
                broken("not-a-scene", () -> code("a b", null)),
                broken("not-a-scene", () -> code("a".repeat(33), null)),
                broken("not-a-page", () -> code("a", "/pages/a")),
                broken("not-a-page", () -> code("a", "pages/a?b=1")),
                broken("too-long", () -> new MiniProgramCodes.QrCode("a".repeat(129), 430)),
                broken("too-long", () -> new MiniProgramLinks.Target("a", "b".repeat(1025), AppVersion.RELEASE)),
                broken("out-of-range", () -> new MiniProgramLinks.ForDays(31)),
                broken("not-an-api-path", () -> new ApiUsage.ApiPath("wxa/x")),
                broken("too-long", () -> new CustomerMessages.Text("a".repeat(2049))),
                broken("split-needs-express", () -> goods(Shipment.Logistics.PICK_UP, Shipment.Delivery.SPLIT, LOOSE)),
                broken(
                        "out-of-range",
                        () -> goods(Shipment.Logistics.VIRTUAL, Shipment.Delivery.UNIFIED, LOOSE, LOOSE)),
                broken("missing", () -> goods(Shipment.Logistics.EXPRESS, Shipment.Delivery.UNIFIED, LOOSE)),
                broken("missing", () -> new Shipment.Waybill("SF", "T1", null, null)),
                broken("too-long", () -> new Shipment.Parcel("a".repeat(121), null)),
                broken("out-of-range", () -> OrderQuery.first(101)));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void a_broken_rule_is_named(String rule, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(WechatFailure.BadArgument.class, failure -> {
            assertThat(failure.code().value()).isEqualTo(40010);
            assertThat(((Reason) failure.arguments().getFirst()).key()).isEqualTo(rule);
        });
    }

    @Test
    void what_just_keeps_the_rules_is_taken() {
        assertThatCode(() -> {
                    text("😀".repeat(2500));
                    media("https://a.example/b");
                    code("a=1&b=2", "pages/a");
                    goods(Shipment.Logistics.EXPRESS, Shipment.Delivery.SPLIT, CARRIED, CARRIED);
                    new Shipment.Waybill("SF", "T1", null, "138****1234");
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "thing1, 二十个字以内都可以, true",
        "thing1, 123456789012345678901, false",
        "number2, 12.5, true",
        "number2, twelve, false",
        "letter3, abc, true",
        "letter3, ab1, false",
        "symbol4, +++++, true",
        "symbol4, ++++++, false",
        "character_string5, A-1 b, true",
        "character_string5, 订单, false",
        "phone_number6, +86-0766-66888866, true",
        "phone_number6, 123456789012345678, false",
        "car_number7, 粤A8Z888挂, true",
        "car_number7, 粤A8Z8888888, false",
        "amount8, ￥100元, true",
        "amount8, ￥12345678901, false",
        "name9, 张三丰, true",
        "name9, 一二三四五六七八九十一, false",
        "name9, Alice Bobson, true",
        "phrase10, 配送中, true",
        "phrase10, 已经在路上了, false",
        "time11, 15:01, true",
        "date12, 2019年10月1日, true",
        "sparkle13, 新的类型, true"
    })
    void a_keyword_takes_the_values_of_its_kind(String keyword, String value, boolean taken) {
        if (taken) {
            assertThat(message(Map.of(keyword, value)).data()).containsEntry(keyword, value);
        } else {
            assertThatThrownBy(() -> message(Map.of(keyword, value)))
                    .isInstanceOfSatisfying(
                            WechatFailure.BadArgument.class,
                            failure -> assertThat(((Reason) failure.arguments().getFirst()).arguments())
                                    .containsExactly(keyword));
        }
    }

    @Test
    void labels_and_states_that_are_new_are_taken_for_something_else() {
        assertThat(ContentChecks.Label.of(20013)).isEqualTo(ContentChecks.Label.COPYRIGHT);
        assertThat(ContentChecks.Label.of(12345)).isEqualTo(ContentChecks.Label.OTHER);
        assertThat(ShippedOrder.State.of(6)).isEqualTo(ShippedOrder.State.FUNDS_PENDING);
        assertThat(ShippedOrder.State.of(77)).isEqualTo(ShippedOrder.State.OTHER);
    }

    private static ContentChecks.Text text(String content) {
        return ContentChecks.Text.of("o", ContentChecks.Scene.COMMENT, content);
    }

    private static ContentChecks.Media media(String url) {
        return new ContentChecks.Media(
                "o", ContentChecks.Scene.COMMENT, ContentChecks.MediaType.IMAGE, URI.create(url));
    }

    private static SubscribeMessages.Message message(Map<String, String> data) {
        return SubscribeMessages.Message.of("o", "t", data);
    }

    private static MiniProgramCodes.UnlimitedCode code(String scene, String page) {
        return new MiniProgramCodes.UnlimitedCode(scene, page, true, AppVersion.RELEASE, MiniProgramCodes.Look.usual());
    }

    private static Shipment.Goods goods(
            Shipment.Logistics logistics, Shipment.Delivery delivery, Shipment.Parcel... parcels) {
        return new Shipment.Goods(ORDER, logistics, delivery, List.of(parcels));
    }
}
