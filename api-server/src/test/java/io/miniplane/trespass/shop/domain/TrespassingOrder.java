package io.miniplane.trespass.shop.domain;

import reactor.core.publisher.Mono;

/** Breaks a rule on purpose: a domain that knows Reactor. */
public class TrespassingOrder {

    Mono<String> name() {
        return Mono.just("order");
    }
}
