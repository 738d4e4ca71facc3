package io.miniplane.server.gateway.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The headers of the container's answer without what holds for its connection alone and without what only this server says. */
final class AnswerHeaders implements HttpHeadersFilter {

    private static final Set<String> DROPPED =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "x-request-id");
    private static final String OURS = "x-miniplane-";
    private static final String TRANSFER_ENCODING = "transfer-encoding";

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders output = new HttpHeaders();
        List<String> listed = input.getOrEmpty(HttpHeaders.CONNECTION).stream()
                .flatMap(list -> List.of(list.split(",", -1)).stream())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        input.forEach((name, values) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            boolean drops = DROPPED.contains(plain)
                    || plain.startsWith(OURS)
                    || plain.equals(TRANSFER_ENCODING)
                    || (listed.contains(plain) && !plain.startsWith("content-"));
            if (!drops) {
                output.addAll(name, values);
            }
        });
        return output;
    }
}
