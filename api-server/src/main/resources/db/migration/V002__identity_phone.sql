-- The phone number that WeChat vouched for: encrypted, and found again by a keyed hash.
-- A verified profile is one whose fields WeChat signed.
ALTER TABLE users
    ADD COLUMN phone               bytea,
    ADD COLUMN phone_index         bytea,
    ADD COLUMN phone_bound_at      timestamptz,
    ADD COLUMN profile_verified_at timestamptz,
    ADD CONSTRAINT users_phone_is_whole CHECK (
        (phone IS NULL) = (phone_index IS NULL) AND (phone IS NULL) = (phone_bound_at IS NULL)
    ),
    DROP CONSTRAINT users_live_or_shredded,
    ADD CONSTRAINT users_live_or_shredded CHECK (
        (deleted_at IS NULL) = (openid IS NOT NULL)
        AND (deleted_at IS NULL
            OR (unionid IS NULL AND nickname IS NULL AND avatar_url IS NULL AND language IS NULL AND phone IS NULL))
    );

CREATE INDEX users_by_phone ON users (phone_index) WHERE phone_index IS NOT NULL;
