package io.miniplane.server.wechat.infrastructure;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What WeChat Pay answered. */
final class PayReply {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    PayReply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** 202 is none: it asks for the same request again. */
    boolean isSuccess() {
        return status >= 200 && status < 300 && status != 202;
    }

    byte[] body() {
        return body;
    }

    /** A header of the signature, such as {@code Nonce}; null where it is absent. */
    @Nullable
    String signed(String name) {
        return headers.getFirst("Wechatpay-" + name);
    }
}
