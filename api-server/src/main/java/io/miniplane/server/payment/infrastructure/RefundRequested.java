package io.miniplane.server.payment.infrastructure;

import io.miniplane.server.payment.domain.PaymentId;
import io.miniplane.server.payment.domain.RefundId;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The event that a refund is to be asked for at WeChat Pay. */
final class RefundRequested {

    static final String TYPE = "payment.refund-requested";

    private RefundRequested() {}

    static DomainEvent of(PaymentId payment, RefundId refund) {
        String data = JsonMapper.shared()
                .createObjectNode()
                .put("refundId", refund.toString())
                .toString();
        return DomainEvent.of(TYPE, new Aggregate("refund", refund.toString()), data);
    }

    static RefundId read(DomainEvent event) {
        String id = JsonMapper.shared().readTree(event.data()).path("refundId").asString("");
        return new RefundId(UUID.fromString(id));
    }
}
