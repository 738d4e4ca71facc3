-- Who of the staff has seen or changed whose personal data, when and why. Rows are written by the statement that reads or
-- changes the data and never change again.
CREATE TABLE audit (
    id             uuid        PRIMARY KEY,
    at             timestamptz NOT NULL DEFAULT now(),
    issuer         text        NOT NULL,
    subject        text        NOT NULL,
    roles          text[]      NOT NULL,
    action         text        NOT NULL,
    user_ids       uuid[]      NOT NULL,
    revealed       text[]      NOT NULL,
    reason         text,
    trace_id       text        NOT NULL,
    client_address text        NOT NULL
);

CREATE INDEX audit_by_user ON audit USING gin (user_ids);

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of the audit log stay as they are';
END
$$;

CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
