package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.ApiUsage.ApiPath;
import io.miniplane.server.wechat.ApiUsage.Quota;
import io.miniplane.server.wechat.ApiUsage.Rate;
import io.miniplane.server.wechat.AppVersion;
import io.miniplane.server.wechat.CombinedShipment;
import io.miniplane.server.wechat.ContentChecks;
import io.miniplane.server.wechat.CustomerMessages;
import io.miniplane.server.wechat.EncryptedDataOrigins.Origin;
import io.miniplane.server.wechat.MessageTemplates;
import io.miniplane.server.wechat.MiniProgramCodes;
import io.miniplane.server.wechat.MiniProgramCodes.Look;
import io.miniplane.server.wechat.MiniProgramLinks;
import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.OrderPage;
import io.miniplane.server.wechat.OrderQuery;
import io.miniplane.server.wechat.PhoneNumber;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.SessionKey;
import io.miniplane.server.wechat.Shipment;
import io.miniplane.server.wechat.ShippedOrder;
import io.miniplane.server.wechat.ShippingInfo.Told;
import io.miniplane.server.wechat.SpecialOrder;
import io.miniplane.server.wechat.SubscribeMessages;
import io.miniplane.server.wechat.UserEncryptionKeys.UserKey;
import io.miniplane.server.wechat.WechatSession;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One call as it ought to look on the wire, and what becomes of an answer.
 *
 * @param request the method, the query without access token in order of names, and the body; apart by spaces
 * @param answer what the caller gets, or null for nothing
 */
record Sample(
        Endpoint endpoint,
        Function<ScriptedWechat, Mono<?>> call,
        String request,
        String reply,
        @Nullable Object answer) {

    static final String OPEN_ID = "oSecretOpenId";
    static final String CODE = "aSecretCode";
    static final SessionKey KEY = new SessionKey("o0q0otL8aEzpcZL/FT9WsQ==");

    private static final String PROOF = "openid=" + OPEN_ID + "&sig_method=hmac_sha256&signature="
            + "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128";
    private static final String OK = "{\"errcode\":0,\"errmsg\":\"ok\"}";
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final OrderName TRANSACTION = new OrderName.Transaction("4200001");
    private static final OrderName.Trade TRADE = new OrderName.Trade("1900001", "shop-000001");
    private static final String ORDER = "{\"transaction_id\":\"4200001\",\"merchant_id\":\"1900001\","
            + "\"merchant_trade_no\":\"shop-000001\",\"openid\":\"" + OPEN_ID + "\",\"paid_amount\":199,"
            + "\"pay_time\":1767323045,\"order_state\":2,\"shipping\":{\"shipping_list\":[{\"tracking_no\":\"T1\"}]}}";
    private static final ShippedOrder SHIPPED = new ShippedOrder(
            "4200001",
            TRADE,
            OPEN_ID,
            199,
            Instant.ofEpochSecond(1767323045),
            ShippedOrder.State.SHIPPED,
            List.of("T1"));

    static List<Sample> all() {
        return Stream.of(users(), messages(), content(), codesAndLinks(), shipping(), usage())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return endpoint.api();
    }

    private static List<Sample> users() {
        return List.of(
                new Sample(
                        Endpoint.JSCODE2SESSION,
                        wechat -> wechat.login.exchange(CODE),
                        "GET appid=" + WechatStage.APP + "&grant_type=authorization_code&js_code=" + CODE + "&secret="
                                + WechatStage.SECRET + " ",
                        "{\"openid\":\"" + OPEN_ID + "\",\"session_key\":\"k\"}",
                        new WechatSession(OPEN_ID, null, new SessionKey("k"))),
                new Sample(
                        Endpoint.CHECKSESSION,
                        wechat -> wechat.clients.wechatSessions().isAlive(OPEN_ID, KEY),
                        "GET " + PROOF + " ",
                        OK,
                        true),
                new Sample(
                        Endpoint.RESETUSERSESSIONKEY,
                        wechat -> wechat.clients.wechatSessions().reset(OPEN_ID, KEY),
                        "GET " + PROOF + " ",
                        "{\"openid\":\"" + OPEN_ID + "\",\"session_key\":\"fresh\"}",
                        new SessionKey("fresh")),
                new Sample(
                        Endpoint.GETPAIDUNIONID,
                        wechat -> wechat.clients.paidUnionIds().of(OPEN_ID, TRADE),
                        "GET mch_id=1900001&openid=" + OPEN_ID + "&out_trade_no=shop-000001 ",
                        "{\"unionid\":\"u1\",\"errcode\":0}",
                        "u1"),
                new Sample(
                        Endpoint.CHECKENCRYPTEDMSG,
                        wechat -> wechat.clients.encryptedDataOrigins().of("abc"),
                        "POST  {\"encrypted_msg_hash\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}",
                        "{\"errcode\":0,\"vaild\":true,\"create_time\":1767323045}",
                        new Origin(true, Instant.ofEpochSecond(1767323045))),
                new Sample(
                        Endpoint.GETUSERENCRYPTKEY,
                        wechat -> wechat.clients.userEncryptionKeys().newest(OPEN_ID, KEY),
                        "GET " + PROOF + " ",
                        "{\"errcode\":0,\"key_info_list\":[{\"encrypt_key\":\"VI6BpyrK9XH4i4AIGe86tg==\","
                                + "\"version\":10,\"expire_in\":3597,\"iv\":\"6003f73ec441c386\",\"create_time\":1767323045}]}",
                        List.of(new UserKey(
                                "VI6BpyrK9XH4i4AIGe86tg==",
                                "6003f73ec441c386",
                                10,
                                Duration.ofSeconds(3597),
                                Instant.ofEpochSecond(1767323045)))),
                new Sample(
                        Endpoint.GETUSERPHONENUMBER,
                        wechat -> wechat.clients.wechatPhone().exchange(CODE, OPEN_ID),
                        "POST  {\"code\":\"" + CODE + "\",\"openid\":\"" + OPEN_ID + "\"}",
                        "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"13800001234\",\"countryCode\":\"86\","
                                + "\"watermark\":{\"appid\":\"" + WechatStage.APP + "\"}}}",
                        new PhoneNumber("86", "13800001234")));
    }

    private static List<Sample> messages() {
        MessageTemplates.NewTemplate added = new MessageTemplates.NewTemplate("99", List.of(1, 2), "shipping");
        return List.of(
                new Sample(
                        Endpoint.SUBSCRIBE_SEND,
                        wechat -> wechat.clients
                                .subscribeMessages()
                                .send(SubscribeMessages.Message.of(OPEN_ID, "t1", Map.of("thing1", "Tea"))),
                        "POST  {\"touser\":\"" + OPEN_ID + "\",\"template_id\":\"t1\",\"miniprogram_state\":\"formal\","
                                + "\"lang\":\"zh_CN\",\"data\":{\"thing1\":{\"value\":\"Tea\"}}}",
                        OK,
                        null),
                new Sample(
                        Endpoint.CUSTOM_SEND,
                        wechat -> wechat.clients.customerMessages().send(OPEN_ID, new CustomerMessages.Text("Hello")),
                        "POST  {\"touser\":\"" + OPEN_ID + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"Hello\"}}",
                        OK,
                        null),
                new Sample(
                        Endpoint.ADDTEMPLATE,
                        wechat -> wechat.clients.messageTemplates().add(added),
                        "POST  kidList=1&kidList=2&sceneDesc=shipping&tid=99",
                        "{\"errcode\":0,\"priTmplId\":\"t1\"}",
                        "t1"),
                new Sample(
                        Endpoint.DELTEMPLATE,
                        wechat -> wechat.clients.messageTemplates().delete("t1"),
                        "POST  {\"priTmplId\":\"t1\"}",
                        OK,
                        null),
                new Sample(
                        Endpoint.GETTEMPLATE,
                        wechat -> wechat.clients.messageTemplates().all(),
                        "GET  ",
                        "{\"errcode\":0,\"data\":[{\"priTmplId\":\"t1\",\"title\":\"T\",\"content\":\"C\",\"example\":\"E\",\"type\":2}]}",
                        List.of(new MessageTemplates.Template("t1", "T", "C", "E", MessageTemplates.Kind.ONE_TIME))),
                new Sample(
                        Endpoint.GETCATEGORY,
                        wechat -> wechat.clients.messageTemplates().categories(),
                        "GET  ",
                        "{\"errcode\":0,\"data\":[{\"id\":616,\"name\":\"Shops\"}]}",
                        List.of(new MessageTemplates.Category(616, "Shops"))),
                new Sample(
                        Endpoint.GETPUBTEMPLATETITLES,
                        wechat -> wechat.clients
                                .messageTemplates()
                                .titles(new MessageTemplates.TitleQuery(List.of(2, 616), 0, 1)),
                        "GET ids=2%2C616&limit=1&start=0 ",
                        "{\"errcode\":0,\"count\":55,\"data\":[{\"tid\":99,\"title\":\"T\",\"type\":3,\"categoryId\":\"616\"}]}",
                        new MessageTemplates.TitlePage(
                                55,
                                List.of(new MessageTemplates.Title("99", "T", MessageTemplates.Kind.LONG_TERM, 616)))),
                new Sample(
                        Endpoint.GETPUBTEMPLATEKEYWORDS,
                        wechat -> wechat.clients.messageTemplates().keywords("99"),
                        "GET tid=99 ",
                        "{\"errcode\":0,\"data\":[{\"kid\":1,\"name\":\"Goods\",\"example\":\"Tea\",\"rule\":\"thing\"}]}",
                        List.of(new MessageTemplates.TemplateKeyword(1, "Goods", "Tea", "thing"))));
    }

    private static List<Sample> content() {
        ContentChecks.Media picture = new ContentChecks.Media(
                OPEN_ID,
                ContentChecks.Scene.FORUM,
                ContentChecks.MediaType.IMAGE,
                URI.create("https://cdn.example/a.png"));
        return List.of(
                new Sample(
                        Endpoint.MSG_SEC_CHECK,
                        wechat -> wechat.clients
                                .contentChecks()
                                .checkText(ContentChecks.Text.of(OPEN_ID, ContentChecks.Scene.COMMENT, "hi")),
                        "POST  {\"version\":2,\"openid\":\"" + OPEN_ID + "\",\"scene\":2,\"content\":\"hi\"}",
                        "{\"errcode\":0,\"result\":{\"suggest\":\"risky\",\"label\":20003},\"trace_id\":\"tr\"}",
                        new ContentChecks.Verdict(ContentChecks.Suggestion.RISKY, ContentChecks.Label.ABUSE, "tr")),
                new Sample(
                        Endpoint.MEDIA_CHECK_ASYNC,
                        wechat -> wechat.clients.contentChecks().checkMedia(picture),
                        "POST  {\"version\":2,\"openid\":\"" + OPEN_ID
                                + "\",\"scene\":3,\"media_url\":\"https://cdn.example/a.png\",\"media_type\":2}",
                        "{\"errcode\":0,\"trace_id\":\"tr\"}",
                        "tr"),
                new Sample(
                        Endpoint.GETUSERRISKRANK,
                        wechat -> wechat.clients
                                .riskRanks()
                                .rank(RiskRanks.Question.of(OPEN_ID, RiskRanks.Scene.REGISTRATION, "203.0.113.7")),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\",\"openid\":\"" + OPEN_ID
                                + "\",\"scene\":0,\"client_ip\":\"203.0.113.7\"}",
                        "{\"errcode\":0,\"risk_rank\":3,\"unoin_id\":123}",
                        3));
    }

    private static List<Sample> codesAndLinks() {
        Look blue = new Look(300, false, 0x0000ff, true);
        MiniProgramLinks.Target target = new MiniProgramLinks.Target("pages/a", "b=1", AppVersion.RELEASE);
        MiniProgramLinks.LinkInfo info = new MiniProgramLinks.LinkInfo(
                "pages/a", "b=1", AppVersion.RELEASE, Instant.ofEpochSecond(1767323045), null);
        String told = "{\"appid\":\"wx\",\"path\":\"pages/a\",\"query\":\"b=1\",\"create_time\":1767323045,"
                + "\"expire_time\":0,\"env_version\":\"release\"}";
        return List.of(
                picture(
                        Endpoint.GETWXACODEUNLIMIT,
                        codes -> codes.unlimited(
                                new MiniProgramCodes.UnlimitedCode("a=1", "pages/a", true, AppVersion.TRIAL, blue)),
                        "POST  {\"env_version\":\"trial\",\"width\":300,\"line_color\":{\"r\":0,\"g\":0,\"b\":255},"
                                + "\"is_hyaline\":true,\"scene\":\"a=1\",\"page\":\"pages/a\",\"check_path\":true}"),
                picture(
                        Endpoint.GETWXACODE,
                        codes -> codes.limited(
                                new MiniProgramCodes.LimitedCode("pages/a?b=1", AppVersion.RELEASE, Look.usual())),
                        "POST  {\"env_version\":\"release\",\"width\":430,\"path\":\"pages/a?b=1\"}"),
                picture(
                        Endpoint.CREATEWXAQRCODE,
                        codes -> codes.qrCode(new MiniProgramCodes.QrCode("pages/a?b=1", 430)),
                        "POST  {\"path\":\"pages/a?b=1\",\"width\":430}"),
                new Sample(
                        Endpoint.GENERATESCHEME,
                        wechat -> wechat.clients.miniProgramLinks().scheme(target, new MiniProgramLinks.ForDays(30)),
                        "POST  {\"jump_wxa\":{\"path\":\"pages/a\",\"query\":\"b=1\",\"env_version\":\"release\"},"
                                + "\"is_expire\":true,\"expire_type\":1,\"expire_interval\":30}",
                        "{\"errcode\":0,\"openlink\":\"weixin://dl/business/?t=x\"}",
                        "weixin://dl/business/?t=x"),
                new Sample(
                        Endpoint.QUERYSCHEME,
                        wechat -> wechat.clients.miniProgramLinks().schemeInfo("weixin://dl/business/?t=x"),
                        "POST  {\"scheme\":\"weixin://dl/business/?t=x\"}",
                        "{\"errcode\":0,\"scheme_info\":" + told + "}",
                        info),
                new Sample(
                        Endpoint.GENERATE_URLLINK,
                        wechat -> wechat.clients
                                .miniProgramLinks()
                                .urlLink(target, new MiniProgramLinks.Until(Instant.ofEpochSecond(1767323045))),
                        "POST  {\"path\":\"pages/a\",\"query\":\"b=1\",\"env_version\":\"release\",\"is_expire\":true,"
                                + "\"expire_type\":0,\"expire_time\":1767323045}",
                        "{\"errcode\":0,\"url_link\":\"https://wxaurl.cn/x\"}",
                        "https://wxaurl.cn/x"),
                new Sample(
                        Endpoint.QUERY_URLLINK,
                        wechat -> wechat.clients.miniProgramLinks().urlLinkInfo("https://wxaurl.cn/x"),
                        "POST  {\"url_link\":\"https://wxaurl.cn/x\"}",
                        "{\"errcode\":0,\"url_link_info\":" + told + "}",
                        info),
                new Sample(
                        Endpoint.GENWXASHORTLINK,
                        wechat -> wechat.clients
                                .miniProgramLinks()
                                .shortLink(new MiniProgramLinks.ShortLink("pages/a", "Shop", true)),
                        "POST  {\"page_url\":\"pages/a\",\"page_title\":\"Shop\",\"is_permanent\":true}",
                        "{\"errcode\":0,\"link\":\"#小程序://Shop/x\"}",
                        "#小程序://Shop/x"));
    }

    private static Sample picture(
            Endpoint endpoint, Function<MiniProgramCodes, Mono<MiniProgramCodes.CodeImage>> call, String request) {
        return new Sample(
                endpoint,
                wechat -> call.apply(wechat.clients.miniProgramCodes())
                        .map(image -> image.mediaType() + " " + image.bytes().length),
                request,
                "\u0089PNG\r\n",
                "image/png 6");
    }

    private static List<Sample> shipping() {
        Shipment.Parcel parcel = new Shipment.Parcel("Tea", new Shipment.Waybill("SF", "T1", null, "138****1234"));
        Shipment.Goods goods =
                new Shipment.Goods(TRANSACTION, Shipment.Logistics.EXPRESS, Shipment.Delivery.UNIFIED, List.of(parcel));
        String goodsBody =
                "\"order_key\":{\"order_number_type\":2,\"transaction_id\":\"4200001\"},\"logistics_type\":1,"
                        + "\"delivery_mode\":1,\"shipping_list\":[{\"item_desc\":\"Tea\",\"tracking_no\":\"T1\","
                        + "\"express_company\":\"SF\",\"contact\":{\"receiver_contact\":\"138****1234\"}}]";
        String told = "\"upload_time\":\"2026-01-02T11:04:05.678+08:00\",\"payer\":{\"openid\":\"" + OPEN_ID + "\"}}";
        return List.of(
                new Sample(
                        Endpoint.UPLOAD_SHIPPING_INFO,
                        wechat -> wechat.clients.shippingInfo().upload(new Shipment(goods, OPEN_ID, THEN)),
                        "POST  {" + goodsBody + "," + told,
                        OK,
                        Told.ACCEPTED),
                new Sample(
                        Endpoint.UPLOAD_COMBINED_SHIPPING_INFO,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .upload(new CombinedShipment(TRADE, List.of(goods), OPEN_ID, THEN)),
                        "POST  {\"order_key\":{\"order_number_type\":1,\"mchid\":\"1900001\",\"out_trade_no\":\"shop-000001\"},"
                                + "\"sub_orders\":[{" + goodsBody + "}]," + told,
                        OK,
                        Told.ACCEPTED),
                new Sample(
                        Endpoint.GET_ORDER,
                        wechat -> wechat.clients.shippingInfo().order(TRADE),
                        "POST  {\"merchant_id\":\"1900001\",\"merchant_trade_no\":\"shop-000001\"}",
                        "{\"errcode\":0,\"order\":" + ORDER + "}",
                        SHIPPED),
                new Sample(
                        Endpoint.GET_ORDER_LIST,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .orders(new OrderQuery(
                                        Instant.ofEpochSecond(1), null, ShippedOrder.State.SHIPPED, OPEN_ID, "i1", 2)),
                        "POST  {\"pay_time_range\":{\"begin_time\":1},\"order_state\":2,\"openid\":\"" + OPEN_ID
                                + "\",\"last_index\":\"i1\",\"page_size\":2}",
                        "{\"errcode\":0,\"last_index\":\"i2\",\"has_more\":true,\"order_list\":[" + ORDER + "]}",
                        new OrderPage(List.of(SHIPPED), "i2")),
                new Sample(
                        Endpoint.NOTIFY_CONFIRM_RECEIVE,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .remindOfReceipt(TRANSACTION, Instant.ofEpochSecond(1767323045)),
                        "POST  {\"transaction_id\":\"4200001\",\"received_time\":1767323045}",
                        OK,
                        null),
                new Sample(
                        Endpoint.SET_MSG_JUMP_PATH,
                        wechat -> wechat.clients.shippingInfo().openFromMessages("pages/orders"),
                        "POST  {\"path\":\"pages/orders\"}",
                        OK,
                        null),
                new Sample(
                        Endpoint.IS_TRADE_MANAGED,
                        wechat -> wechat.clients.shippingInfo().isManaged(),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\"}",
                        "{\"errcode\":0,\"is_trade_managed\":true}",
                        true),
                new Sample(
                        Endpoint.IS_TRADE_MANAGEMENT_CONFIRMATION_COMPLETED,
                        wechat -> wechat.clients.shippingInfo().isConfirmationComplete(),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\"}",
                        "{\"errcode\":0,\"completed\":false}",
                        false),
                new Sample(
                        Endpoint.OPSPECIALORDER,
                        wechat -> wechat.clients
                                .shippingInfo()
                                .except(new SpecialOrder.Presale("4200001", Instant.ofEpochSecond(1767323045))),
                        "POST  {\"order_id\":\"4200001\",\"type\":1,\"delay_to\":1767323045}",
                        OK,
                        null));
    }

    private static List<Sample> usage() {
        return List.of(
                new Sample(
                        Endpoint.QUOTA_GET,
                        wechat -> wechat.clients.apiUsage().quota(new ApiPath("/wxa/msg_sec_check")),
                        "POST  {\"cgi_path\":\"/wxa/msg_sec_check\"}",
                        "{\"errcode\":0,\"quota\":{\"daily_limit\":9,\"used\":2,\"remain\":7},"
                                + "\"rate_limit\":{\"call_count\":4000,\"refresh_second\":60}}",
                        new Quota(9, 2, 7, new Rate(4000, Duration.ofMinutes(1)))),
                new Sample(
                        Endpoint.CLEAR_QUOTA,
                        wechat -> wechat.clients.apiUsage().clear(),
                        "POST  {\"appid\":\"" + WechatStage.APP + "\"}",
                        OK,
                        null),
                new Sample(
                        Endpoint.RID_GET,
                        wechat -> wechat.clients.apiUsage().call("1-2-3").map(call -> call.requestUrl() + call),
                        "POST  {\"rid\":\"1-2-3\"}",
                        "{\"errcode\":0,\"request\":{\"invoke_time\":1767323045,\"cost_in_ms\":30,\"request_url\":\"u\","
                                + "\"request_body\":\"q\",\"response_body\":\"r\",\"client_ip\":\"1.2.3.4\"}}",
                        "uPastCall[redacted]"));
    }
}
