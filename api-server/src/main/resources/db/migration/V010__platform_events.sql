-- Events, with the attribute names of CloudEvents. A row is written in the statement of the change it tells of; it stays until everybody who wants
-- it has handled it, and a while longer. What nobody wants yet is parked, until somebody does.
CREATE TABLE outbox (
    position      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            uuid        NOT NULL UNIQUE,
    type          text        NOT NULL,
    schemaversion integer     NOT NULL,
    aggregatetype text        NOT NULL,
    aggregateid   text        NOT NULL,
    subject       text,
    time          timestamptz NOT NULL,
    traceparent   text,
    data          bytea,
    sealed_data   bytea,
    written_at    timestamptz NOT NULL DEFAULT now(),
    relayed_at    timestamptz,
    is_parked     boolean     NOT NULL DEFAULT false,
    CONSTRAINT outbox_data_is_plain_or_sealed CHECK ((data IS NULL) <> (sealed_data IS NULL)),
    CONSTRAINT outbox_parked_is_not_relayed CHECK (NOT is_parked OR relayed_at IS NULL)
);

CREATE INDEX outbox_to_relay ON outbox (position) WHERE relayed_at IS NULL AND NOT is_parked;
CREATE INDEX outbox_parked ON outbox (type, position) WHERE is_parked;
CREATE INDEX outbox_relayed ON outbox (relayed_at) WHERE relayed_at IS NOT NULL;

-- Which queue wants which type. Every worker renews its own.
CREATE TABLE event_subscriptions (
    type    text        NOT NULL,
    queue   text        NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (type, queue)
);

-- Who works. A claim is good as long as its worker is seen.
CREATE TABLE event_workers (
    id      uuid        PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);

-- One row per event and queue until it is handled; a dead letter stays. A lane is the hash of an aggregate: only its first row may be claimed.
CREATE TABLE queue_messages (
    position   bigint      NOT NULL,
    queue      text        NOT NULL,
    lane       bigint      NOT NULL,
    queued_at  timestamptz NOT NULL DEFAULT now(),
    due_at     timestamptz NOT NULL DEFAULT now(),
    attempts   integer     NOT NULL DEFAULT 0,
    claimed_by uuid,
    last_error text,
    dead_at    timestamptz,
    PRIMARY KEY (position, queue),
    CONSTRAINT queue_messages_dead_are_free CHECK (dead_at IS NULL OR claimed_by IS NULL)
);

CREATE INDEX queue_messages_waiting ON queue_messages (queue, due_at, position) WHERE claimed_by IS NULL AND dead_at IS NULL;
CREATE INDEX queue_messages_lanes ON queue_messages (queue, lane, position) WHERE dead_at IS NULL;
CREATE INDEX queue_messages_claimed ON queue_messages (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX queue_messages_dead ON queue_messages (queue, dead_at) WHERE dead_at IS NOT NULL;

-- Which event a queue has handled: written in the transaction of the effect, so that a repetition has none.
CREATE TABLE inbox (
    event_id   uuid        NOT NULL,
    queue      text        NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event_id, queue)
);

CREATE INDEX inbox_by_time ON inbox USING brin (handled_at);
