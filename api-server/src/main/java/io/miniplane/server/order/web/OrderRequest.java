package io.miniplane.server.order.web;

import io.miniplane.server.order.OrderedLine;
import io.miniplane.server.order.ProductRef;
import io.miniplane.server.order.domain.Basket;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** The body of a new order. */
record OrderRequest(
        @NotEmpty(message = "no-lines") @Size(max = Basket.MOST, message = "too-many-lines")
        List<@Valid @NotNull(message = "missing") Line> lines) {

    Basket basket() {
        return new Basket(lines.stream().map(Line::ordered).toList());
    }

    /** So many of a product. */
    record Line(
            @NotNull(message = "missing") UUID productId,

            @NotNull(message = "missing")
            @Min(value = 1, message = "wrong-quantity")
            @Max(value = OrderedLine.MOST, message = "wrong-quantity")
            Integer quantity) {

        private OrderedLine ordered() {
            return new OrderedLine(new ProductRef(productId), quantity);
        }
    }
}
