-- The acts of an order upon the stock, each one call and so one statement. Locks are always taken in this order: the order, its reservation, the stock
-- by product. A look after a lock sees what others did before it, because every statement of a function has a snapshot of its own.

-- Keeps acts of one order from running at the same time, even before the order has a row.
CREATE FUNCTION lock_order_of_reservation(the_order uuid) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('reservation ' || the_order, 0))
$$;

-- Locks the counts of some products and tells of which there is not enough; an unknown one counts as none.
CREATE FUNCTION lock_stock(the_products uuid[], the_quantities bigint[]) RETURNS uuid[] LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM stock WHERE product_id = ANY (the_products) ORDER BY product_id FOR UPDATE;
    RETURN ARRAY(
        SELECT wanted.product FROM unnest(the_products, the_quantities) AS wanted (product, quantity)
        LEFT JOIN stock ON stock.product_id = wanted.product
        WHERE stock.product_id IS NULL OR stock.available < wanted.quantity);
END
$$;

-- Moves goods between the counts; what is not named stays.
CREATE FUNCTION move_stock(
    the_products uuid[], the_quantities bigint[], to_available integer, to_reserved integer, to_sold integer
) RETURNS void LANGUAGE sql AS $$
    UPDATE stock SET
        available = available + to_available * moved.quantity,
        reserved = reserved + to_reserved * moved.quantity,
        sold = sold + to_sold * moved.quantity
    FROM unnest(the_products, the_quantities) AS moved (product, quantity)
    WHERE stock.product_id = moved.product
$$;

-- Answers HELD, REFUSED with the products, or GIVEN_BACK. A reservation that was sold is held too; one that expired is taken anew.
CREATE FUNCTION take_stock(the_order uuid, the_products uuid[], the_quantities bigint[], lifetime interval)
RETURNS TABLE (outcome text, short uuid[]) LANGUAGE plpgsql AS $$
DECLARE
    known reservations;
BEGIN
    PERFORM lock_order_of_reservation(the_order);
    SELECT * INTO known FROM reservations WHERE order_id = the_order FOR UPDATE;
    IF known.status <> 'EXPIRED' THEN
        RETURN QUERY SELECT CASE known.status WHEN 'SOLD' THEN 'HELD' ELSE known.status END, known.refused;
        RETURN;
    END IF;
    short := lock_stock(the_products, the_quantities);
    outcome := CASE WHEN short = '{}' THEN 'HELD' ELSE 'REFUSED' END;
    IF outcome = 'HELD' THEN
        PERFORM move_stock(the_products, the_quantities, -1, 1, 0);
    END IF;
    INSERT INTO reservations (order_id, status, products, quantities, refused, expires_at)
    VALUES (the_order, outcome, the_products, the_quantities, short, clock_timestamp() + lifetime)
    ON CONFLICT (order_id) DO UPDATE SET
        status = excluded.status,
        products = excluded.products,
        quantities = excluded.quantities,
        refused = excluded.refused,
        expires_at = excluded.expires_at;
    RETURN NEXT;
END
$$;

-- Answers the status that the reservation had, null where there was none.
CREATE FUNCTION give_back_stock(the_order uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    known reservations;
BEGIN
    PERFORM lock_order_of_reservation(the_order);
    SELECT * INTO known FROM reservations WHERE order_id = the_order FOR UPDATE;
    IF known.status IN ('HELD', 'SOLD') THEN
        PERFORM lock_stock(known.products, known.quantities);
        PERFORM move_stock(
            known.products, known.quantities, 1, -(known.status = 'HELD')::integer, -(known.status = 'SOLD')::integer);
    END IF;
    INSERT INTO reservations AS reservation (order_id, status, products, quantities, expires_at)
    VALUES (the_order, 'GIVEN_BACK', '{}', '{}', clock_timestamp())
    ON CONFLICT (order_id) DO UPDATE SET status = 'GIVEN_BACK' WHERE reservation.status <> 'REFUSED';
    RETURN known.status;
END
$$;

-- Answers SOLD, EXPIRED with the products that went to others, or what else the reservation is, NONE where there is none.
CREATE FUNCTION sell_stock(the_order uuid) RETURNS TABLE (outcome text, short uuid[]) LANGUAGE plpgsql AS $$
DECLARE
    known reservations;
BEGIN
    PERFORM lock_order_of_reservation(the_order);
    SELECT * INTO known FROM reservations WHERE order_id = the_order FOR UPDATE;
    outcome := coalesce(known.status, 'NONE');
    short := '{}';
    IF known.status IN ('HELD', 'EXPIRED') THEN
        short := lock_stock(known.products, known.quantities);
        IF known.status = 'HELD' THEN
            PERFORM move_stock(known.products, known.quantities, 0, -1, 1);
            outcome := 'SOLD';
            short := '{}';
        ELSIF short = '{}' THEN
            PERFORM move_stock(known.products, known.quantities, -1, 0, 1);
            outcome := 'SOLD';
        END IF;
        UPDATE reservations SET status = outcome WHERE order_id = the_order;
    END IF;
    RETURN NEXT;
END
$$;

-- Returns to the stock what was reserved for too long, so many reservations at most, and tells how many they were.
CREATE FUNCTION expire_stock(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    ended uuid[];
    the_products uuid[];
    the_quantities bigint[];
BEGIN
    ended := ARRAY(
        SELECT order_id FROM reservations WHERE status = 'HELD' AND expires_at <= clock_timestamp()
        ORDER BY expires_at LIMIT most FOR UPDATE SKIP LOCKED);
    SELECT coalesce(array_agg(product), '{}'), coalesce(array_agg(quantity), '{}') INTO the_products, the_quantities
    FROM (
        SELECT line.product, sum(line.quantity)::bigint AS quantity
        FROM reservations, unnest(products, quantities) AS line (product, quantity)
        WHERE order_id = ANY (ended)
        GROUP BY line.product) AS summed;
    PERFORM lock_stock(the_products, the_quantities);
    PERFORM move_stock(the_products, the_quantities, 1, -1, 0);
    UPDATE reservations SET status = 'EXPIRED' WHERE order_id = ANY (ended);
    RETURN cardinality(ended);
END
$$;
