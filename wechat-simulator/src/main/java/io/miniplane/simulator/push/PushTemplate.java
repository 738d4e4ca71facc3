package io.miniplane.simulator.push;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.PushMessage;
import io.miniplane.simulator.world.RandomText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages and events that a server meets most, filled with made-up values. */
public enum PushTemplate {
    TEXT,
    IMAGE,
    MINIPROGRAMPAGE,
    USER_ENTER_TEMPSESSION,
    SUBSCRIBE_MSG_POPUP_EVENT,
    SUBSCRIBE_MSG_CHANGE_EVENT,
    SUBSCRIBE_MSG_SENT_EVENT,
    WXA_MEDIA_CHECK,
    USER_INFO_MODIFIED,
    USER_AUTHORIZATION_REVOKE,
    USER_AUTHORIZATION_CANCELLATION,
    TRADE_MANAGE_REMIND_ACCESS_API,
    TRADE_MANAGE_REMIND_SHIPPING,
    TRADE_MANAGE_ORDER_SETTLEMENT;

    private static final String TEMPLATE_ID = "q1Zy6yZ3kM5aKx0nSimulatedTemplate0000000001";

    /**
     * The template of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PushTemplate of(String text) {
        return Arrays.stream(values())
                .filter(template -> template.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "This \"template\" is unknown: GET /_control/push-templates lists them."));
    }

    /** The type or event that WeChat calls it by. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A message of this kind from a user to an app. */
    public ObjectNode message(String appId, String openId, Instant at) {
        return switch (this) {
            case TEXT -> typed(appId, openId, at).put("Content", "你好，订单什么时候发货？").put("MsgId", id());
            case IMAGE ->
                typed(appId, openId, at)
                        .put("PicUrl", "https://mmbiz.qpic.cn/mmbiz_jpg/simulated/0")
                        .put("MediaId", RandomText.letters(64))
                        .put("MsgId", id());
            case MINIPROGRAMPAGE ->
                typed(appId, openId, at)
                        .put("Title", "春季新茶")
                        .put("AppId", appId)
                        .put("PagePath", "pages/product?id=1")
                        .put("ThumbUrl", "https://mmbiz.qpic.cn/mmbiz_jpg/simulated/1")
                        .put("ThumbMediaId", RandomText.letters(64))
                        .put("MsgId", id());
            case USER_ENTER_TEMPSESSION -> event(appId, openId, at).put("SessionFrom", "orderDetail");
            case SUBSCRIBE_MSG_POPUP_EVENT, SUBSCRIBE_MSG_CHANGE_EVENT, SUBSCRIBE_MSG_SENT_EVENT ->
                subscription(event(appId, openId, at));
            case WXA_MEDIA_CHECK -> mediaCheck(event(appId, openId, at), appId);
            case USER_INFO_MODIFIED, USER_AUTHORIZATION_REVOKE, USER_AUTHORIZATION_CANCELLATION ->
                revocation(event(appId, openId, at), appId, openId);
            case TRADE_MANAGE_REMIND_ACCESS_API -> event(appId, openId, at).put("msg", "请接入小程序发货信息管理服务");
            case TRADE_MANAGE_REMIND_SHIPPING -> shipping(event(appId, openId, at), at);
            case TRADE_MANAGE_ORDER_SETTLEMENT -> settlement(event(appId, openId, at), at);
        };
    }

    private ObjectNode typed(String appId, String openId, Instant at) {
        return PushMessage.message(appId, openId, at, text());
    }

    private ObjectNode event(String appId, String openId, Instant at) {
        return PushMessage.event(appId, openId, at, text());
    }

    private static long id() {
        return 24_000_000_000_000_000L + Long.parseLong(RandomText.digits(15));
    }

    /** WeChat writes a list of one as an object as well as an array, so both are among these. */
    private ObjectNode subscription(ObjectNode event) {
        ObjectNode entry = Json.object().put("TemplateId", TEMPLATE_ID);
        switch (this) {
            case SUBSCRIBE_MSG_POPUP_EVENT -> {
                ArrayNode list = event.putArray("List");
                list.add(entry.put("SubscribeStatusString", "accept").put("PopupScene", "0"));
                list.addObject()
                        .put("TemplateId", TEMPLATE_ID.replace("01", "02"))
                        .put("SubscribeStatusString", "reject")
                        .put("PopupScene", "0");
            }
            case SUBSCRIBE_MSG_CHANGE_EVENT -> event.set("List", entry.put("SubscribeStatusString", "reject"));
            default ->
                event.set(
                        "List",
                        entry.put("MsgID", String.valueOf(id()))
                                .put("ErrorCode", "0")
                                .put("ErrorStatus", "success"));
        }
        return event;
    }

    private static ObjectNode mediaCheck(ObjectNode event, String appId) {
        event.put("appid", appId)
                .put("trace_id", RandomText.hexWord() + "-" + RandomText.hexWord())
                .put("version", 2);
        event.putArray("detail")
                .addObject()
                .put("strategy", "content_model")
                .put("errcode", 0)
                .put("suggest", "pass")
                .put("label", 100)
                .put("prob", 90);
        event.put("errcode", 0).put("errmsg", "ok");
        event.putObject("result").put("suggest", "pass").put("label", 100);
        return event;
    }

    /** These events write the time as a text. */
    private static ObjectNode revocation(ObjectNode event, String appId, String openId) {
        return event.put("CreateTime", event.path("CreateTime").asString())
                .put("OpenID", openId)
                .put("AppID", appId)
                .put("RevokeInfo", "1");
    }

    private static ObjectNode shipping(ObjectNode event, Instant at) {
        return payment(event, at).put("msg", "你有一笔订单待发货");
    }

    private static ObjectNode settlement(ObjectNode event, Instant at) {
        long now = at.getEpochSecond();
        return payment(event, at)
                .put("shipped_time", now - 86_400)
                .put("estimated_settlement_time", now + 864_000)
                .put("confirm_receive_method", 2)
                .put("confirm_receive_time", now)
                .put("settlement_time", now);
    }

    private static ObjectNode payment(ObjectNode event, Instant at) {
        return event.put("transaction_id", "42000" + RandomText.digits(23))
                .put("merchant_id", "1900000109")
                .put("sub_merchant_id", "")
                .put("merchant_trade_no", "M" + RandomText.digits(16))
                .put("pay_time", at.getEpochSecond() - 172_800);
    }
}
