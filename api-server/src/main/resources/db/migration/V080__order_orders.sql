-- Orders. Money is in fen. The version counts changes: whoever changes an order names the one that they read. A key and the digest of the body that
-- came with it make the creation safe to repeat.
CREATE TABLE orders (
    id              uuid        PRIMARY KEY,
    user_id         uuid        NOT NULL,
    status          text        NOT NULL,
    version         bigint      NOT NULL DEFAULT 1,
    total           bigint      NOT NULL,
    idempotency_key text,
    request_digest  text,
    created_at      timestamptz NOT NULL,
    confirmed_at    timestamptz,
    transaction_id  text,
    paid            bigint,
    paid_at         timestamptz,
    logistics       text,
    carrier         text,
    tracking_number text,
    shipped_at      timestamptz,
    completed_at    timestamptz,
    cancel_reason   text,
    refund_due      bigint,
    cancelled_at    timestamptz,
    refunded        bigint      NOT NULL DEFAULT 0,
    refund_ids      text[]      NOT NULL DEFAULT '{}',
    CONSTRAINT orders_status_is_known CHECK (
        status IN ('CREATED', 'CONFIRMED', 'PAID', 'SHIPPED', 'COMPLETED', 'CANCELLED', 'REFUNDED')),
    CONSTRAINT orders_cancelled_for_a_reason CHECK (status <> 'CANCELLED' OR cancel_reason IS NOT NULL),
    CONSTRAINT orders_refund_what_was_paid CHECK (refunded <= coalesce(paid, 0)),
    CONSTRAINT orders_key_has_its_digest CHECK ((idempotency_key IS NULL) = (request_digest IS NULL)),
    CONSTRAINT orders_key_is_used_once UNIQUE (user_id, idempotency_key)
);

CREATE INDEX orders_of_user ON orders (user_id, id);
CREATE INDEX orders_by_status ON orders (status, id);
CREATE INDEX orders_unpaid ON orders (confirmed_at) WHERE status = 'CONFIRMED';
CREATE INDEX orders_on_their_way ON orders (shipped_at) WHERE status = 'SHIPPED';

-- What was ordered, with name and price as they were then.
CREATE TABLE order_items (
    order_id   uuid     NOT NULL REFERENCES orders (id),
    position   smallint NOT NULL,
    product_id uuid     NOT NULL,
    name       text     NOT NULL,
    price      bigint   NOT NULL,
    quantity   integer  NOT NULL,
    PRIMARY KEY (order_id, position)
);
