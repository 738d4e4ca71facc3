package io.miniplane.server.wechat.infrastructure;

import static io.miniplane.server.wechat.infrastructure.CallGroup.CODES;
import static io.miniplane.server.wechat.infrastructure.CallGroup.CONTENT;
import static io.miniplane.server.wechat.infrastructure.CallGroup.LINKS;
import static io.miniplane.server.wechat.infrastructure.CallGroup.LOGIN;
import static io.miniplane.server.wechat.infrastructure.CallGroup.MANAGEMENT;
import static io.miniplane.server.wechat.infrastructure.CallGroup.MESSAGES;
import static io.miniplane.server.wechat.infrastructure.CallGroup.PHONE;
import static io.miniplane.server.wechat.infrastructure.CallGroup.RISK;
import static io.miniplane.server.wechat.infrastructure.CallGroup.SESSION;
import static io.miniplane.server.wechat.infrastructure.CallGroup.SHIPPING;
import static io.miniplane.server.wechat.infrastructure.CallGroup.TEMPLATES;
import static io.miniplane.server.wechat.infrastructure.CallGroup.TOKEN;
import static io.miniplane.server.wechat.infrastructure.Endpoint.Repetition.HARMLESS;
import static io.miniplane.server.wechat.infrastructure.Endpoint.Repetition.ONLY_IF_UNTOUCHED;

import java.util.Locale;

/** Everything of WeChat's API that this server calls. */
enum Endpoint {
    JSCODE2SESSION(LOGIN, "/sns/jscode2session", ONLY_IF_UNTOUCHED),
    STABLE_TOKEN(TOKEN, "/cgi-bin/stable_token", ONLY_IF_UNTOUCHED),

    CHECKSESSION(SESSION, "/wxa/checksession", HARMLESS),
    RESETUSERSESSIONKEY(SESSION, "/wxa/resetusersessionkey", ONLY_IF_UNTOUCHED),
    GETPAIDUNIONID(SESSION, "/wxa/getpaidunionid", HARMLESS),
    CHECKENCRYPTEDMSG(SESSION, "/wxa/business/checkencryptedmsg", HARMLESS),
    GETUSERENCRYPTKEY(SESSION, "/wxa/business/getuserencryptkey", HARMLESS),

    GETUSERPHONENUMBER(PHONE, "/wxa/business/getuserphonenumber", ONLY_IF_UNTOUCHED),

    SUBSCRIBE_SEND(MESSAGES, "/cgi-bin/message/subscribe/send", ONLY_IF_UNTOUCHED),
    CUSTOM_SEND(MESSAGES, "/cgi-bin/message/custom/send", ONLY_IF_UNTOUCHED),

    ADDTEMPLATE(TEMPLATES, "/wxaapi/newtmpl/addtemplate", ONLY_IF_UNTOUCHED),
    DELTEMPLATE(TEMPLATES, "/wxaapi/newtmpl/deltemplate", ONLY_IF_UNTOUCHED),
    GETTEMPLATE(TEMPLATES, "/wxaapi/newtmpl/gettemplate", HARMLESS),
    GETCATEGORY(TEMPLATES, "/wxaapi/newtmpl/getcategory", HARMLESS),
    GETPUBTEMPLATETITLES(TEMPLATES, "/wxaapi/newtmpl/getpubtemplatetitles", HARMLESS),
    GETPUBTEMPLATEKEYWORDS(TEMPLATES, "/wxaapi/newtmpl/getpubtemplatekeywords", HARMLESS),

    MSG_SEC_CHECK(CONTENT, "/wxa/msg_sec_check", HARMLESS),
    MEDIA_CHECK_ASYNC(CONTENT, "/wxa/media_check_async", ONLY_IF_UNTOUCHED),

    GETUSERRISKRANK(RISK, "/wxa/getuserriskrank", HARMLESS),

    GETWXACODEUNLIMIT(CODES, "/wxa/getwxacodeunlimit", HARMLESS),
    GETWXACODE(CODES, "/wxa/getwxacode", ONLY_IF_UNTOUCHED),
    CREATEWXAQRCODE(CODES, "/cgi-bin/wxaapp/createwxaqrcode", ONLY_IF_UNTOUCHED),

    GENERATESCHEME(LINKS, "/wxa/generatescheme", ONLY_IF_UNTOUCHED),
    QUERYSCHEME(LINKS, "/wxa/queryscheme", HARMLESS),
    GENERATE_URLLINK(LINKS, "/wxa/generate_urllink", ONLY_IF_UNTOUCHED),
    QUERY_URLLINK(LINKS, "/wxa/query_urllink", HARMLESS),
    GENWXASHORTLINK(LINKS, "/wxa/genwxashortlink", ONLY_IF_UNTOUCHED),

    UPLOAD_SHIPPING_INFO(SHIPPING, "/wxa/sec/order/upload_shipping_info", ONLY_IF_UNTOUCHED),
    UPLOAD_COMBINED_SHIPPING_INFO(SHIPPING, "/wxa/sec/order/upload_combined_shipping_info", ONLY_IF_UNTOUCHED),
    GET_ORDER(SHIPPING, "/wxa/sec/order/get_order", HARMLESS),
    GET_ORDER_LIST(SHIPPING, "/wxa/sec/order/get_order_list", HARMLESS),
    NOTIFY_CONFIRM_RECEIVE(SHIPPING, "/wxa/sec/order/notify_confirm_receive", ONLY_IF_UNTOUCHED),
    SET_MSG_JUMP_PATH(SHIPPING, "/wxa/sec/order/set_msg_jump_path", HARMLESS),
    IS_TRADE_MANAGED(SHIPPING, "/wxa/sec/order/is_trade_managed", HARMLESS),
    IS_TRADE_MANAGEMENT_CONFIRMATION_COMPLETED(
            SHIPPING, "/wxa/sec/order/is_trade_management_confirmation_completed", HARMLESS),
    OPSPECIALORDER(SHIPPING, "/wxa/sec/order/opspecialorder", ONLY_IF_UNTOUCHED),

    QUOTA_GET(MANAGEMENT, "/cgi-bin/openapi/quota/get", HARMLESS),
    CLEAR_QUOTA(MANAGEMENT, "/cgi-bin/clear_quota", ONLY_IF_UNTOUCHED),
    RID_GET(MANAGEMENT, "/cgi-bin/openapi/rid/get", HARMLESS);

    private static final int USUAL_REPLY = 64 * 1024;
    private static final int LONG_REPLY = 2 * 1024 * 1024;

    private final CallGroup group;
    private final String path;
    private final Repetition repetition;

    Endpoint(CallGroup group, String path, Repetition repetition) {
        this.group = group;
        this.path = path;
        this.repetition = repetition;
    }

    /** When a call that failed may be sent again. */
    enum Repetition {
        /** Always: it only reads, or twice is the same as once. */
        HARMLESS,
        /** Only when WeChat certainly did nothing. */
        ONLY_IF_UNTOUCHED
    }

    /** How logs, metrics and traces name it. */
    String api() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it fails together with. */
    CallGroup group() {
        return group;
    }

    /** The path, without query. */
    String path() {
        return path;
    }

    boolean isHarmless() {
        return repetition == HARMLESS;
    }

    /** The largest answer that is read, in bytes. */
    int largestReply() {
        return switch (this) {
            case GETWXACODEUNLIMIT, GETWXACODE, CREATEWXAQRCODE, GETTEMPLATE, GET_ORDER, GET_ORDER_LIST, RID_GET ->
                LONG_REPLY;
            default -> USUAL_REPLY;
        };
    }
}
