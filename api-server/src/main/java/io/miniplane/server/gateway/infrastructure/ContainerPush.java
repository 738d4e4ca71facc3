package io.miniplane.server.gateway.infrastructure;

import io.miniplane.server.gateway.application.Container;
import io.miniplane.server.wechat.PushForwarder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Tells the container what WeChat pushed.
 *
 * @param kinds what it wants
 * @param path where it wants that
 * @param headers of every request
 * @param container who is told
 */
record ContainerPush(Set<String> kinds, String path, Map<String, String> headers, Container container)
        implements PushForwarder {

    @Override
    public String name() {
        return "container";
    }

    @Override
    public Mono<Void> forward(Message message) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (message.sender().matches("[A-Za-z0-9_-]{1,128}")) {
            all.put("X-WX-OPENID", message.sender());
        }
        return container.post(new Container.Letter(path, all, message.json()));
    }
}
