package io.miniplane.server.order.domain;

import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.ProductRef;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody wants to order.
 *
 * @param lines 1 to {@value #MOST}, no product twice
 */
public record Basket(List<OrderedLine> lines) {

    /** The most lines of an order. */
    public static final int MOST = 50;

    private static final ErrorCode TWICE = new ErrorCode(40063);

    /**
     * Keeps the lines as they are now.
     *
     * @throws IllegalArgumentException when there are none, or too many
     * @throws Failure 40063 when a product is there twice
     */
    public Basket {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MOST) {
            throw new IllegalArgumentException("An order has 1 to " + MOST + " lines: " + lines.size());
        }
        Set<ProductRef> seen = new HashSet<>();
        lines.stream()
                .map(OrderedLine::product)
                .filter(product -> !seen.add(product))
                .findFirst()
                .ifPresent(product -> {
                    throw new Failure(TWICE, product);
                });
    }
}
