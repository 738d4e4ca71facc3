package io.miniplane.server.wechat.domain;

import io.miniplane.server.wechat.PushMessage;
import io.miniplane.server.wechat.PushMessage.Choice;
import io.miniplane.server.wechat.PushMessage.Delivery;
import io.miniplane.server.wechat.PushMessage.Finding;
import io.miniplane.server.wechat.PushMessage.Head;
import io.miniplane.server.wechat.PushMessage.TradeOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of pushed messages: how WeChat names each and how it is read. Reading never fails; what is absent is empty. */
public enum PushKind {
    /** {@link PushMessage.Text}. */
    TEXT("text", PushMessage.Text.class),
    /** {@link PushMessage.Image}. */
    IMAGE("image", PushMessage.Image.class),
    /** {@link PushMessage.MiniProgramPage}. */
    MINI_PROGRAM_PAGE("miniprogrampage", PushMessage.MiniProgramPage.class),
    /** {@link PushMessage.UserEnterTempSession}. */
    USER_ENTER_TEMP_SESSION("event.user_enter_tempsession", PushMessage.UserEnterTempSession.class),
    /** {@link PushMessage.SubscribePopup}. */
    SUBSCRIBE_POPUP("event.subscribe_msg_popup_event", PushMessage.SubscribePopup.class),
    /** {@link PushMessage.SubscribeChange}. */
    SUBSCRIBE_CHANGE("event.subscribe_msg_change_event", PushMessage.SubscribeChange.class),
    /** {@link PushMessage.SubscribeSent}. */
    SUBSCRIBE_SENT("event.subscribe_msg_sent_event", PushMessage.SubscribeSent.class),
    /** {@link PushMessage.MediaCheck}. */
    MEDIA_CHECK("event.wxa_media_check", PushMessage.MediaCheck.class),
    /** {@link PushMessage.UserInfoModified}. */
    USER_INFO_MODIFIED("event.user_info_modified", PushMessage.UserInfoModified.class),
    /** {@link PushMessage.UserAuthorizationRevoke}. */
    USER_AUTHORIZATION_REVOKE("event.user_authorization_revoke", PushMessage.UserAuthorizationRevoke.class),
    /** {@link PushMessage.UserAuthorizationCancellation}. */
    USER_AUTHORIZATION_CANCELLATION(
            "event.user_authorization_cancellation", PushMessage.UserAuthorizationCancellation.class),
    /** {@link PushMessage.RemindAccessApi}. */
    REMIND_ACCESS_API("event.trade_manage_remind_access_api", PushMessage.RemindAccessApi.class),
    /** {@link PushMessage.RemindShipping}. */
    REMIND_SHIPPING("event.trade_manage_remind_shipping", PushMessage.RemindShipping.class),
    /** {@link PushMessage.OrderSettlement}. */
    ORDER_SETTLEMENT("event.trade_manage_order_settlement", PushMessage.OrderSettlement.class),
    /** {@link PushMessage.Unknown}. */
    UNKNOWN("unknown", PushMessage.Unknown.class);

    /** What all events are called together. */
    public static final String EVENT = "event";

    private static final String USER = "OpenID";
    private static final String APP = "AppID";
    private static final String REVOKED = "RevokeInfo";
    private static final Map<String, PushKind> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(kind -> kind.name, Function.identity()));

    private final String name;
    private final Class<? extends PushMessage> type;

    PushKind(String name, Class<? extends PushMessage> type) {
        this.name = name;
        this.type = type;
    }

    /** The kind of a message. */
    public static PushKind of(PushTree tree) {
        return BY_NAME.getOrDefault(name(tree), UNKNOWN);
    }

    /** The message in its type. */
    public static PushMessage read(PushTree tree) {
        Head head = new Head(
                tree.text("ToUserName"),
                tree.text("FromUserName"),
                Objects.requireNonNullElse(instant(tree, "CreateTime"), Instant.EPOCH));
        return read(of(tree), head, tree);
    }

    private static PushMessage read(PushKind kind, Head head, PushTree tree) {
        return switch (kind) {
            case TEXT -> new PushMessage.Text(head, tree.text("MsgId"), tree.text("Content"));
            case IMAGE -> new PushMessage.Image(head, tree.text("MsgId"), tree.text("PicUrl"), tree.text("MediaId"));
            case MINI_PROGRAM_PAGE -> page(head, tree);
            case USER_ENTER_TEMP_SESSION -> new PushMessage.UserEnterTempSession(head, tree.text("SessionFrom"));
            case SUBSCRIBE_POPUP ->
                new PushMessage.SubscribePopup(head, entries(tree, "SubscribeMsgPopupEvent", PushKind::choice));
            case SUBSCRIBE_CHANGE ->
                new PushMessage.SubscribeChange(head, entries(tree, "SubscribeMsgChangeEvent", PushKind::choice));
            case SUBSCRIBE_SENT ->
                new PushMessage.SubscribeSent(head, entries(tree, "SubscribeMsgSentEvent", PushKind::delivery));
            case MEDIA_CHECK -> mediaCheck(head, tree);
            case USER_INFO_MODIFIED ->
                new PushMessage.UserInfoModified(head, tree.text(USER), tree.text(APP), tree.text(REVOKED));
            case USER_AUTHORIZATION_REVOKE ->
                new PushMessage.UserAuthorizationRevoke(head, tree.text(USER), tree.text(APP), tree.text(REVOKED));
            case USER_AUTHORIZATION_CANCELLATION ->
                new PushMessage.UserAuthorizationCancellation(
                        head, tree.text(USER), tree.text(APP), tree.text(REVOKED));
            case REMIND_ACCESS_API -> new PushMessage.RemindAccessApi(head, tree.text("msg"));
            case REMIND_SHIPPING -> new PushMessage.RemindShipping(head, order(tree), tree.text("msg"));
            case ORDER_SETTLEMENT -> settlement(head, tree);
            case UNKNOWN -> new PushMessage.Unknown(head, name(tree), tree.json());
        };
    }

    /** The type of its messages. */
    public Class<? extends PushMessage> type() {
        return type;
    }

    /** Whether it is meant by a {@code MsgType}, by {@code event} for all events, or by the name of an event. */
    public boolean isCalled(String asked) {
        return this != UNKNOWN && isCalled(name, asked);
    }

    /** Whether a message, known or not, is meant by that. */
    public static boolean isCalled(PushTree message, String asked) {
        return isCalled(name(message), asked);
    }

    private static boolean isCalled(String name, String asked) {
        return name.equals(asked)
                || name.equals(EVENT + "." + asked)
                || (asked.equals(EVENT) && name.startsWith(EVENT + "."));
    }

    /** The type of the event that carries it through the queues. */
    public String eventType() {
        return "wechat.push." + name;
    }

    /** Whether it is about something that happened and not a message from a user. */
    public static boolean isEvent(PushTree tree) {
        return tree.text("MsgType").equals("event");
    }

    private static String name(PushTree tree) {
        return isEvent(tree) ? "event." + tree.text("Event") : tree.text("MsgType");
    }

    private static PushMessage page(Head head, PushTree tree) {
        return new PushMessage.MiniProgramPage(
                head,
                tree.text("MsgId"),
                tree.text("Title"),
                tree.text("AppId"),
                tree.text("PagePath"),
                tree.text("ThumbUrl"),
                tree.text("ThumbMediaId"));
    }

    /** The entries stand in a list within the event's own field; some descriptions leave that field out. */
    private static <T> List<T> entries(PushTree tree, String field, Function<PushTree, T> entry) {
        PushTree holder = tree.has(field) ? tree.tree(field) : tree;
        List<PushTree> list = holder.has("List") ? holder.list("List") : tree.list(field);
        return list.stream().map(entry).toList();
    }

    private static Choice choice(PushTree entry) {
        return new Choice(entry.text("TemplateId"), entry.text("SubscribeStatusString"), entry.text("PopupScene"));
    }

    private static Delivery delivery(PushTree entry) {
        return new Delivery(
                entry.text("TemplateId"), entry.text("MsgID"), entry.text("ErrorCode"), entry.text("ErrorStatus"));
    }

    private static PushMessage mediaCheck(Head head, PushTree tree) {
        PushTree result = tree.tree("result");
        return new PushMessage.MediaCheck(
                head,
                tree.text("appid"),
                tree.text("trace_id"),
                (int) tree.number("errcode"),
                result.text("suggest"),
                (int) result.number("label"),
                tree.list("detail").stream().map(PushKind::finding).toList());
    }

    private static Finding finding(PushTree entry) {
        return new Finding(
                entry.text("strategy"),
                (int) entry.number("errcode"),
                entry.text("suggest"),
                (int) entry.number("label"),
                (int) entry.number("prob"));
    }

    private static PushMessage settlement(Head head, PushTree tree) {
        return new PushMessage.OrderSettlement(
                head,
                order(tree),
                instant(tree, "shipped_time"),
                instant(tree, "estimated_settlement_time"),
                (int) tree.number("confirm_receive_method"),
                instant(tree, "confirm_receive_time"),
                instant(tree, "settlement_time"));
    }

    private static TradeOrder order(PushTree tree) {
        return new TradeOrder(
                tree.text("transaction_id"),
                tree.text("merchant_id"),
                tree.text("sub_merchant_id"),
                tree.text("merchant_trade_no"),
                instant(tree, "pay_time"));
    }

    private static @Nullable Instant instant(PushTree tree, String name) {
        long seconds = tree.number(name);
        return seconds <= 0 || seconds > Instant.MAX.getEpochSecond() ? null : Instant.ofEpochSecond(seconds);
    }
}
