package io.miniplane.server.order.domain;

import io.miniplane.server.platform.Fen;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was paid back.
 *
 * @param ids the number of each refund, in their order
 * @param total all of them together
 */
public record Refunds(List<String> ids, Fen total) {

    /** Nothing was paid back. */
    public static final Refunds NONE = new Refunds(List.of(), Fen.ZERO);

    /** Keeps the numbers as they are now. */
    public Refunds {
        ids = List.copyOf(ids);
    }

    Refunds and(String id, Fen amount) {
        return new Refunds(Stream.concat(ids.stream(), Stream.of(id)).toList(), total.plus(amount));
    }
}
