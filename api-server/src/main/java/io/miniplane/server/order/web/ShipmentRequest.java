package io.miniplane.server.order.web;

import io.miniplane.server.order.ShippedBy;
import io.miniplane.server.order.ShippedBy.Logistics;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.Reason;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** How the goods of an order travel; a delivery company is named with its number of the parcel, and nothing else has either. */
record ShipmentRequest(
        @NotNull(message = "missing") Logistics logistics,

        @Pattern(regexp = "[A-Za-z0-9_]{1,128}", message = "not-a-carrier") @Nullable
        String carrier,

        @Pattern(regexp = "[A-Za-z0-9_-]{1,128}", message = "not-a-tracking-number") @Nullable
        String trackingNumber) {

    private static final ErrorCode BAD_REQUEST = new ErrorCode(40000);

    ShippedBy shippedBy() {
        boolean isExpress = logistics == Logistics.EXPRESS;
        check("carrier", carrier, isExpress);
        check("trackingNumber", trackingNumber, isExpress);
        return new ShippedBy(logistics, carrier, trackingNumber);
    }

    private static void check(String field, @Nullable String value, boolean isExpress) {
        if (isExpress && value == null) {
            throw new Failure(BAD_REQUEST, Reason.of("express-needs", field));
        }
        if (!isExpress && value != null) {
            throw new Failure(BAD_REQUEST, Reason.of("only-express-has", field));
        }
    }
}
