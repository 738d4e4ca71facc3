package io.miniplane.server.wechat.infrastructure;

import org.springframework.http.HttpHeaders;

/**
 * An answer of HTTP status 2xx.
 *
 * @param headers its headers
 * @param body its body, as it came
 */
record Reply(HttpHeaders headers, byte[] body) {

    @Override
    public String toString() {
        return "Reply[" + body.length + " bytes]";
    }
}
