-- What is sold; prices are in fen. The version counts changes, so that staff does not overwrite what it has not seen. Issuer and subject are those of
-- the member of staff who added it, and the key is theirs.
CREATE TABLE products (
    id                 uuid        PRIMARY KEY,
    name               text        NOT NULL,
    description        text        NOT NULL,
    price              bigint      NOT NULL,
    is_published       boolean     NOT NULL,
    version            bigint      NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT now(),
    issuer             text        NOT NULL,
    subject            text        NOT NULL,
    idempotency_key    text,
    idempotency_digest text,
    CONSTRAINT products_cost_something CHECK (price > 0),
    CONSTRAINT products_are_added_once UNIQUE (issuer, subject, idempotency_key)
);

CREATE INDEX products_published ON products (id) WHERE is_published;

-- What can be bought now, for other modules to read. Whether there is enough of it, only a reservation can tell.
CREATE VIEW catalogue AS SELECT id, name, description, price, version FROM products WHERE is_published;

-- available + reserved + sold is what staff ever put in, less what it took out. Room in each page keeps the updates within it.
CREATE TABLE stock (
    product_id uuid   PRIMARY KEY REFERENCES products (id),
    available  bigint NOT NULL DEFAULT 0,
    reserved   bigint NOT NULL DEFAULT 0,
    sold       bigint NOT NULL DEFAULT 0,
    CONSTRAINT stock_is_there CHECK (available >= 0 AND reserved >= 0 AND sold >= 0)
) WITH (fillfactor = 50);

-- What staff put in or took out, and why. Rows never change.
CREATE TABLE stock_changes (
    id                 uuid        PRIMARY KEY,
    product_id         uuid        NOT NULL REFERENCES products (id),
    delta              bigint      NOT NULL,
    reason             text        NOT NULL,
    available_after    bigint      NOT NULL,
    at                 timestamptz NOT NULL DEFAULT now(),
    issuer             text        NOT NULL,
    subject            text        NOT NULL,
    idempotency_key    text,
    idempotency_digest text,
    CONSTRAINT stock_changes_change_something CHECK (delta <> 0),
    CONSTRAINT stock_changes_are_made_once UNIQUE (issuer, subject, idempotency_key)
);

CREATE INDEX stock_changes_by_product ON stock_changes (product_id, id);

-- What an order holds or held, each product once; a refused one names of what there was not enough.
CREATE TABLE reservations (
    order_id   uuid        PRIMARY KEY,
    status     text        NOT NULL,
    products   uuid[]      NOT NULL,
    quantities bigint[]    NOT NULL,
    refused    uuid[]      NOT NULL DEFAULT '{}',
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT reservations_status_is_known CHECK (status IN ('HELD', 'SOLD', 'GIVEN_BACK', 'EXPIRED', 'REFUSED')),
    CONSTRAINT reservations_count_each_product CHECK (cardinality(products) = cardinality(quantities)),
    CONSTRAINT reservations_refuse_for_a_reason CHECK ((status = 'REFUSED') = (refused <> '{}'))
);

CREATE INDEX reservations_expiring ON reservations (expires_at) WHERE status = 'HELD';
