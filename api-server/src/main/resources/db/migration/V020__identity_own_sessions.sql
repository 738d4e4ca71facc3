-- What a user sees of their sessions: when each was last refreshed, and the kind of device that opened it, never the whole User-Agent.
ALTER TABLE sessions
    ADD COLUMN last_refreshed_at timestamptz,
    ADD COLUMN client            text,
    DROP CONSTRAINT sessions_end_reason_check,
    ADD CONSTRAINT sessions_end_reason_check CHECK (
        end_reason IN ('LOGGED_OUT', 'ENDED_BY_USER', 'SUPERSEDED', 'REFRESH_REUSED', 'ACCOUNT_DELETED')
    ),
    DROP CONSTRAINT sessions_ended_keep_no_key,
    ADD CONSTRAINT sessions_ended_keep_no_key CHECK (ended_at IS NULL OR (session_key IS NULL AND client IS NULL));

-- How often a user logged in since a moment: kept in the row that every login locks, so that logins at one time on all replicas count each other.
ALTER TABLE users
    ADD COLUMN logins_since timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN logins       integer     NOT NULL DEFAULT 1,
    DROP CONSTRAINT users_live_or_shredded,
    ADD CONSTRAINT users_live_or_shredded CHECK (
        (deleted_at IS NULL) = (openid IS NOT NULL)
        AND (deleted_at IS NULL
            OR (unionid IS NULL AND nickname IS NULL AND avatar_url IS NULL AND language IS NULL AND phone IS NULL
                AND profile_verified_at IS NULL))
    );
