-- What a queue has of a type begins with what is relayed after this; the relay is kept out while it is set.
ALTER TABLE event_subscriptions ADD COLUMN since timestamptz NOT NULL DEFAULT clock_timestamp();

-- Up to which position of the outbox a queue is settled: it has handled what it wants of it or keeps it in queue_messages. No broker need have it.
CREATE TABLE queue_progress (
    queue      text   PRIMARY KEY,
    settled_to bigint NOT NULL
);

-- Finds the earlier events of an aggregate.
CREATE INDEX outbox_aggregates ON outbox (aggregatetype, aggregateid, position);
