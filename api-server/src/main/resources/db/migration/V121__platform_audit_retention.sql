-- Rows of the audit log end with their time, and not before: whatever a setting says, a row stays for 30 days.
DROP TRIGGER audit_stays ON audit;

CREATE TRIGGER audit_stays BEFORE UPDATE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();

CREATE TRIGGER audit_stays_while_new BEFORE DELETE ON audit
    FOR EACH ROW WHEN (OLD.at > now() - interval '30 days') EXECUTE FUNCTION audit_stays();

CREATE INDEX audit_by_time ON audit USING brin (at);
