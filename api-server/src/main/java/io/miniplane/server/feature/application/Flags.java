package io.miniplane.server.feature.application;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The flags as they are at this moment; evaluating one takes memory alone and never fails. */
public interface Flags {

    /** Whether it depends on the user how a flag turns out. */
    boolean picksUsers(String name);

    /** Whether a switch is on; off where there is none of this name. The openid may be empty where the flag does not pick users. */
    Mono<Boolean> isOn(String name, String openId);

    /** How every flag turns out for a user, in order of name. */
    Flux<Setting> all(String openId);

    /**
     * How a flag turned out.
     *
     * @param name its name
     * @param value what the variant stands for, a boolean or a text
     * @param variant which of its variants it is
     */
    record Setting(String name, Object value, String variant) {}
}
