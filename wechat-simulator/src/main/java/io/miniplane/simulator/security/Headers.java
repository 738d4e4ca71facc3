package io.miniplane.simulator.security;

/** The headers of sealed calls and answers. */
final class Headers {

    static final String APPID = "Wechatmp-Appid";
    static final String TIMESTAMP = "Wechatmp-TimeStamp";
    static final String SIGNATURE = "Wechatmp-Signature";
    static final String SERIAL = "Wechatmp-Serial";
    static final String DEPRECATED_SIGNATURE = "Wechatmp-Signature-Deprecated";
    static final String DEPRECATED_SERIAL = "Wechatmp-Serial-Deprecated";

    private Headers() {}
}
