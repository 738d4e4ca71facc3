package io.miniplane.server.wechat;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/** Calls of WeChat's API that others have written: the access token is added, and nothing else of them is looked at. */
public interface OpenApi {

    /**
     * Sends a call with the access token, and once more with another one where WeChat refuses the token. What WeChat answers is an answer, its
     * refusals too; a {@link WechatFailure} comes out where it gives none.
     */
    Mono<Answer> call(Call call);

    /**
     * A call without an access token.
     *
     * @param method GET or POST
     * @param path begins with a slash
     * @param query name and value pairs as they stand in an address, without the question mark; may be empty
     * @param contentType of the body, or null
     * @param body may be empty
     */
    record Call(
            HttpMethod method,
            String path,
            String query,
            @Nullable String contentType,
            ByteBuffer body) {

        /** Without query and body: they are whatever the caller sends. */
        @Override
        public String toString() {
            return "Call[" + method + " " + path + "]";
        }
    }

    /**
     * What WeChat answered.
     *
     * @param status of HTTP
     * @param headers those that say what the body is
     * @param body as it came; decrypted where API security is on for the call
     */
    record Answer(int status, Map<String, String> headers, ByteBuffer body) {

        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }
}
