package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.WechatStage.failure;
import static io.miniplane.server.wechat.infrastructure.WechatStage.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.wechat.ApiUsage.ApiPath;
import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.CombinedShipment;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.CustomerMessages;
import io.miniplane.server.wechat.MessageTemplates;
import io.miniplane.server.wechat.MiniProgramCodes;
import io.miniplane.server.wechat.MiniProgramLinks;
import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.OrderQuery;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.Shipment;
import io.miniplane.server.wechat.ShippedOrder;
import io.miniplane.server.wechat.ShippingInfo;
import io.miniplane.server.wechat.ShippingInfo.Told;
import io.miniplane.server.wechat.SpecialOrder;
import io.miniplane.server.wechat.SubscribeMessages;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.control.SecurityControl;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.PaidOrders.Sale;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Every call against the simulated WeChat, in clear and under API security. */
class SimulatedWechatIT {

    private static final String ALICE = "alice";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_call_works(boolean secured) {
        try (WechatStage stage =
                new WechatStage(control -> secured ? secure(control, false, false) : WechatStage.noSecurity())) {
            stage.control.putUser(ALICE, "union-of-alice", "+86 13800001234", false);
            users(stage);
            messages(stage);
            content(stage);
            codesAndLinks(stage);
            shipping(stage);
            usage(stage);
            Set<String> worked = stage.control.requests().calls().stream()
                    .filter(call -> call.outcome().equals("ok"))
                    .map(RequestLog.Entry::path)
                    .collect(Collectors.toSet());
            assertThat(worked)
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Endpoint.values()).map(Endpoint::path).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void under_api_security_a_rotation_is_lived_through(boolean serialWanted) {
        try (WechatStage stage = new WechatStage(control -> secure(control, true, serialWanted))) {
            stage.control.putUser(ALICE, null, null, false);
            stage.control.content().visit(WechatStage.APP, ALICE);
            assertThat(result(rank(stage))).isZero();
            stage.control.security().rotate(WechatStage.APP);
            assertThat(result(rank(stage))).isZero();
            stage.control.security().endRotation(WechatStage.APP);
            assertThat(failure(rank(stage))).isInstanceOf(WechatFailure.SecurityBroken.class);
        }
    }

    private static Mono<Integer> rank(WechatStage stage) {
        return stage.clients
                .riskRanks()
                .rank(RiskRanks.Question.of(ALICE, RiskRanks.Scene.REGISTRATION, "203.0.113.7"));
    }

    private static ApiSecuritySettings secure(Control control, boolean enforced, boolean serialWanted) {
        SecurityControl.DeveloperKeys keys = control.security()
                .secure(WechatStage.APP, new SecurityControl.Wish(null, null, null, null, enforced, serialWanted));
        return new ApiSecuritySettings(
                keys.symmetricKey(),
                keys.symmetricKeySerial(),
                Objects.requireNonNull(keys.signingKey()),
                keys.signingKeySerial(),
                keys.platformCertificate(),
                keys.platformCertificateSerial(),
                "AES256_GCM",
                "RSAwithSHA256",
                List.of());
    }

    private static void users(WechatStage stage) {
        SessionKey key = result(stage.login.exchange(
                        stage.control.loginCode(WechatStage.APP, ALICE).code()))
                .sessionKey();
        var sessions = stage.clients.wechatSessions();
        assertThat(result(sessions.isAlive(ALICE, key))).isTrue();
        SessionKey fresh = result(sessions.reset(ALICE, key));
        assertThat(result(sessions.isAlive(ALICE, key))).isFalse();
        assertThat(result(sessions.isAlive(ALICE, fresh))).isTrue();
        assertThat(failure(sessions.reset(ALICE, key))).isInstanceOf(WechatFailure.SessionDead.class);
        assertThat(result(stage.clients.userEncryptionKeys().newest(ALICE, fresh)))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.left()).isBetween(Duration.ZERO, Duration.ofHours(1)));
        assertThat(result(stage.clients.wechatPhone().exchange(stage.control.phoneCode(WechatStage.APP, ALICE), ALICE))
                        .number())
                .isEqualTo("13800001234");
        PaidOrder order = pay(stage, "shop-user-1");
        assertThat(result(stage.clients.paidUnionIds().of(ALICE, new OrderName.Transaction(order.transactionId()))))
                .isEqualTo("union-of-alice");
        String sealed =
                stage.control.device().profile(WechatStage.APP, ALICE, null).encryptedData();
        assertThat(result(stage.clients.encryptedDataOrigins().of(sealed)).genuine())
                .isTrue();
        assertThat(result(stage.clients.encryptedDataOrigins().of("made up")).genuine())
                .isFalse();
    }

    private static void messages(WechatStage stage) {
        MessageTemplates templates = stage.clients.messageTemplates();
        assertThat(result(templates.categories())).isNotEmpty();
        MessageTemplates.TitlePage page = result(templates.titles(new MessageTemplates.TitleQuery(List.of(307), 0, 1)));
        assertThat(page.titles()).singleElement().extracting("id").isEqualTo("99");
        assertThat(result(templates.keywords("99"))).extracting("rule").contains("thing");
        String id = result(templates.add(new MessageTemplates.NewTemplate("99", List.of(1, 2), "a purchase")));
        assertThat(result(templates.all())).extracting("id").contains(id);
        SubscribeMessages.Message message =
                SubscribeMessages.Message.of(ALICE, id, Map.of("thing1", "月饼礼盒", "amount2", "¥128.00"));
        assertThat(failure(stage.clients.subscribeMessages().send(message)))
                .isInstanceOf(WechatFailure.SubscriptionRefused.class);
        stage.control.messages().accept(WechatStage.APP, ALICE, id);
        result(stage.clients.subscribeMessages().send(message));
        result(templates.delete(id));
        assertThat(failure(stage.clients.customerMessages().send(ALICE, new CustomerMessages.Text("Hello"))))
                .isInstanceOf(WechatFailure.UserInactive.class);
        stage.control.messages().write(WechatStage.APP, ALICE);
        result(stage.clients.customerMessages().send(ALICE, new CustomerMessages.Text("Hello")));
        assertThat(stage.control.messages().sent()).hasSize(2);
    }

    private static void content(WechatStage stage) {
        ContentChecks checks = stage.clients.contentChecks();
        assertThat(result(checks.checkText(ContentChecks.Text.of(ALICE, ContentChecks.Scene.COMMENT, "How nice")))
                        .suggestion())
                .isEqualTo(ContentChecks.Suggestion.PASS);
        assertThat(result(checks.checkMedia(new ContentChecks.Media(
                        ALICE,
                        ContentChecks.Scene.COMMENT,
                        ContentChecks.MediaType.IMAGE,
                        URI.create("https://cdn.example/a.png")))))
                .isNotBlank();
        stage.control.content().riskRank(ALICE, 3);
        assertThat(result(rank(stage))).isEqualTo(3);
        stage.control.putUser("stranger", null, null, false);
        assertThat(failure(checks.checkText(ContentChecks.Text.of("stranger", ContentChecks.Scene.COMMENT, "hi"))))
                .isInstanceOf(WechatFailure.UserInactive.class);
    }

    private static void codesAndLinks(WechatStage stage) {
        MiniProgramCodes codes = stage.clients.miniProgramCodes();
        assertThat(result(codes.unlimited(new MiniProgramCodes.UnlimitedCode(
                                "a=1", "pages/a", true, AppVersion.RELEASE, MiniProgramCodes.Look.usual())))
                        .mediaType())
                .startsWith("image/");
        result(codes.limited(
                new MiniProgramCodes.LimitedCode("pages/a?b=1", AppVersion.TRIAL, MiniProgramCodes.Look.usual())));
        stage.control.limits().limitCodes(2);
        result(codes.qrCode(new MiniProgramCodes.QrCode("pages/a?b=2", 430)));
        assertThat(failure(codes.qrCode(new MiniProgramCodes.QrCode("pages/a?b=3", 430))))
                .isInstanceOf(WechatFailure.LimitReached.class);
        MiniProgramLinks links = stage.clients.miniProgramLinks();
        MiniProgramLinks.Target target = new MiniProgramLinks.Target("pages/a", "b=1", AppVersion.RELEASE);
        MiniProgramLinks.Expiry until = new MiniProgramLinks.Until(Instant.now().plus(Duration.ofDays(2)));
        String scheme = result(links.scheme(target, new MiniProgramLinks.ForDays(3)));
        assertThat(result(links.schemeInfo(scheme)).query()).isEqualTo("b=1");
        String link = result(links.urlLink(target, until));
        assertThat(result(links.urlLinkInfo(link)).expiresAt())
                .isBetween(Instant.now().plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(3)));
        assertThat(result(links.shortLink(new MiniProgramLinks.ShortLink("pages/a", "Shop", true))))
                .contains("Shop");
    }

    private static void shipping(WechatStage stage) {
        ShippingInfo shipping = stage.clients.shippingInfo();
        stage.control.trade().manage(WechatStage.APP, true);
        assertThat(result(shipping.isManaged())).isTrue();
        assertThat(result(shipping.isConfirmationComplete())).isTrue();
        result(shipping.openFromMessages("pages/orders"));
        OrderName order = new OrderName.Transaction(pay(stage, "shop-ship-1").transactionId());
        Instant at = Instant.now();
        assertThat(result(shipping.upload(shipment(order, at)))).isEqualTo(Told.ACCEPTED);
        assertThat(result(shipping.upload(shipment(order, at)))).isEqualTo(Told.UNCHANGED);
        assertThat(result(shipping.order(order)))
                .returns(ShippedOrder.State.SHIPPED, ShippedOrder::state)
                .returns(List.of("T1"), ShippedOrder::trackingNumbers);
        result(shipping.remindOfReceipt(order, Instant.now()));
        assertThat(result(shipping.orders(OrderQuery.first(10))).orders()).isNotEmpty();
        assertThat(failure(shipping.order(new OrderName.Transaction("4299999"))))
                .isInstanceOf(WechatFailure.NothingThere.class);
        PaidOrder part = stage.control
                .trade()
                .pay(WechatStage.APP, ALICE, new Sale("1900001", "shop-part-1", "Tea", 1), Optional.of("shop-all-1"));
        OrderName partName = new OrderName.Transaction(part.transactionId());
        assertThat(result(shipping.upload(new CombinedShipment(
                        new OrderName.Trade("1900001", "shop-all-1"), List.of(goods(partName)), ALICE, at))))
                .isEqualTo(Told.ACCEPTED);
        result(shipping.except(new SpecialOrder.Presale(
                pay(stage, "shop-late-1").transactionId(), Instant.now().plus(Duration.ofDays(20)))));
    }

    private static Shipment shipment(OrderName order, Instant at) {
        return new Shipment(goods(order), ALICE, at);
    }

    private static Shipment.Goods goods(OrderName order) {
        return new Shipment.Goods(
                order,
                Shipment.Logistics.EXPRESS,
                Shipment.Delivery.UNIFIED,
                List.of(new Shipment.Parcel("Tea", new Shipment.Waybill("SF", "T1", null, "138****1234"))));
    }

    private static PaidOrder pay(WechatStage stage, String number) {
        return stage.control.trade().pay(WechatStage.APP, ALICE, new Sale("1900001", number, "Tea", 199));
    }

    private static void usage(WechatStage stage) {
        var usage = stage.clients.apiUsage();
        assertThat(result(usage.quota(new ApiPath("/wxa/msg_sec_check"))).used())
                .isEqualTo(2);
        assertThat(failure(usage.quota(new ApiPath("/wxa/unheard_of")))).isInstanceOf(WechatFailure.NothingThere.class);
        result(usage.clear());
        assertThat(result(usage.quota(new ApiPath("/wxa/msg_sec_check"))).used())
                .isZero();
        assertThat(result(usage.call(requestIdOfARefusal(stage))).requestUrl()).contains("/wxa/checksession");
        assertThat(failure(usage.call("00000000-00000000-00000000"))).isInstanceOf(WechatFailure.NothingThere.class);
    }

    /** As people read it in the message of a refusal. */
    private static String requestIdOfARefusal(WechatStage stage) {
        String token = result(stage.tokens.current()).value();
        String reply = HttpClient.create()
                .get()
                .uri(stage.simulator.baseUri() + "/wxa/checksession?access_token=" + token)
                .responseContent()
                .aggregate()
                .asString()
                .block();
        Matcher id = Pattern.compile("rid: ([0-9a-f-]+)").matcher(Objects.requireNonNull(reply));
        assertThat(id.find()).as(reply).isTrue();
        return id.group(1);
    }
}
