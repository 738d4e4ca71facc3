-- Monthly reports as they were last made, as JSON and as CSV; the digest names the content. Money is in fen.
CREATE TABLE monthly_reports (
    month   date        PRIMARY KEY,
    report  jsonb       NOT NULL,
    csv     text        NOT NULL,
    digest  text        NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT monthly_reports_are_of_a_month CHECK (date_trunc('month', month) = month)
);

-- The sums of each day of a report that is being made. Whoever goes on with it needs only the days that are missing; they go when it is done.
CREATE TABLE report_days (
    month           date        NOT NULL,
    zone            text        NOT NULL,
    day             date        NOT NULL,
    orders          jsonb       NOT NULL,
    paid_orders     bigint      NOT NULL,
    revenue         bigint      NOT NULL,
    refunded_orders bigint      NOT NULL,
    refunded        bigint      NOT NULL,
    new_users       bigint      NOT NULL,
    summed_at       timestamptz NOT NULL,
    PRIMARY KEY (month, zone, day)
);

CREATE TABLE report_day_products (
    month      date   NOT NULL,
    zone       text   NOT NULL,
    day        date   NOT NULL,
    product_id uuid   NOT NULL,
    name       text   NOT NULL,
    quantity   bigint NOT NULL,
    revenue    bigint NOT NULL,
    PRIMARY KEY (month, zone, day, product_id)
);

-- A day of a table that grows at its end.
CREATE INDEX orders_by_creation ON orders USING brin (created_at);
CREATE INDEX orders_by_payment ON orders (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX users_by_creation ON users USING brin (created_at);
