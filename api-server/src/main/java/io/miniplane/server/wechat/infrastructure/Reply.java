package io.miniplane.server.wechat.infrastructure;

import org.springframework.http.HttpHeaders;

/** An answer of HTTP status 2xx, its body as it came. */
final class Reply {

    private final HttpHeaders headers;
    private final byte[] body;

    Reply(HttpHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
