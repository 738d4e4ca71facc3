package io.miniplane.server.platform.events;

/**
 * The rule that keeps the events of one aggregate in order whatever a broker delivers: an event waits while an earlier one that its queue wants is
 * neither handled nor put aside. What is put aside bars by its lane, except a dead letter.
 */
final class AggregateOrder {

    /** A condition on a row {@code this} of the outbox and the parameter {@code queue}; looks no further back than the queue is settled. */
    static final String WAITS = """
            EXISTS (
                SELECT FROM outbox earlier
                JOIN event_subscriptions wanted ON wanted.queue = :queue AND wanted.type = earlier.type
                    AND (earlier.relayed_at IS NULL OR earlier.relayed_at > wanted.since)
                WHERE earlier.aggregatetype = this.aggregatetype AND earlier.aggregateid = this.aggregateid
                    AND earlier.position < this.position
                    AND earlier.position > coalesce((SELECT settled_to FROM queue_progress WHERE queue = :queue), 0)
                    AND NOT EXISTS (SELECT FROM inbox WHERE inbox.event_id = earlier.id AND inbox.queue = :queue)
                    AND NOT EXISTS (
                        SELECT FROM queue_messages kept WHERE kept.position = earlier.position AND kept.queue = :queue)
            )
            """;

    /** The lane of a row of the outbox by that alias. */
    static String lane(String row) {
        return "hashtextextended(" + row + ".aggregatetype || '/' || " + row + ".aggregateid, 0)";
    }

    private AggregateOrder() {}
}
