-- The payment of an order, from when its buyer first asked to pay. Whoever asks WeChat Pay about it takes it by putting check_at off.
CREATE TABLE payments (
    order_id       uuid        PRIMARY KEY,
    total          bigint      NOT NULL CHECK (total > 0),
    state          text        NOT NULL CHECK (state IN ('OPEN', 'PAID', 'CLOSED', 'DISPUTED')),
    transaction_id text,
    paid_at        timestamptz,
    refunding      bigint      NOT NULL DEFAULT 0 CHECK (refunding BETWEEN 0 AND total),
    is_closing     boolean     NOT NULL DEFAULT false,
    expires_at     timestamptz NOT NULL,
    asked_at       timestamptz NOT NULL DEFAULT now(),
    checks         integer     NOT NULL DEFAULT 0,
    check_at       timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payments_to_check ON payments (check_at) WHERE check_at IS NOT NULL;

-- Money that came and pays nothing, for people to look at. It may be of an order that is not known.
CREATE TABLE payment_disputes (
    transaction_id text        PRIMARY KEY,
    order_id       uuid        NOT NULL,
    amount         bigint      NOT NULL,
    currency       text        NOT NULL,
    paid_at        timestamptz NOT NULL,
    noted_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payment_disputes_by_order ON payment_disputes (order_id);

-- Refunds; the sum of those that did not fail is payments.refunding.
CREATE TABLE refunds (
    id         uuid        PRIMARY KEY,
    order_id   uuid        NOT NULL REFERENCES payments (order_id),
    amount     bigint      NOT NULL CHECK (amount > 0),
    total      bigint      NOT NULL,
    reason     text,
    cause      text        NOT NULL CHECK (cause IN ('STAFF', 'CANCELLED')),
    asked_by   text,
    key        text,
    digest     text,
    state      text        NOT NULL DEFAULT 'REQUESTED'
        CHECK (state IN ('REQUESTED', 'PROCESSING', 'STUCK', 'DONE', 'FAILED')),
    checks     integer     NOT NULL DEFAULT 0,
    check_at   timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX refunds_by_order ON refunds (order_id);
CREATE INDEX refunds_to_check ON refunds (check_at) WHERE check_at IS NOT NULL;
CREATE UNIQUE INDEX refunds_by_key ON refunds (asked_by, key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX refunds_of_cancellations ON refunds (order_id) WHERE cause = 'CANCELLED';

-- Notifications of WeChat Pay that were kept, by hashes of their id and what was encrypted in them.
CREATE TABLE pay_notifications_seen (
    key     bytea       PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX pay_notifications_seen_by_time ON pay_notifications_seen USING brin (seen_at);
