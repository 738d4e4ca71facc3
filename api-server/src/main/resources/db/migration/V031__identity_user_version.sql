-- Counts the changes of a profile, so that staff does not overwrite what it has not seen. A login is no change.
ALTER TABLE users ADD COLUMN version bigint NOT NULL DEFAULT 1;

CREATE FUNCTION users_count_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER users_count_version BEFORE UPDATE OF nickname, avatar_url, language, deleted_at ON users
    FOR EACH ROW EXECUTE FUNCTION users_count_version();
