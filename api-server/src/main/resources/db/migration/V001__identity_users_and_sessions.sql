-- Users of the mini-program. Personal fields are encrypted with the data keyset and bound to their row.
-- The end of an account clears every personal column, the openid too: who comes back gets a new account.
CREATE TABLE users (
    id            uuid        PRIMARY KEY,
    openid        text        UNIQUE,
    unionid       text,
    nickname      bytea,
    avatar_url    bytea,
    language      text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_login_at timestamptz NOT NULL DEFAULT now(),
    deleted_at    timestamptz,
    CONSTRAINT users_live_or_shredded CHECK (
        (deleted_at IS NULL) = (openid IS NOT NULL)
        AND (deleted_at IS NULL OR (unionid IS NULL AND nickname IS NULL AND avatar_url IS NULL AND language IS NULL))
    )
);

-- A session begins with a login. Of its refresh token only SHA-256 hashes are kept: of the half that names the session for
-- its whole life, and of the half that changes at each refresh.
CREATE TABLE sessions (
    id                    uuid        PRIMARY KEY,
    user_id               uuid        NOT NULL REFERENCES users (id),
    session_key           bytea,
    refresh_selector_hash bytea       NOT NULL UNIQUE,
    refresh_secret_hash   bytea       NOT NULL,
    refresh_expires_at    timestamptz NOT NULL,
    created_at            timestamptz NOT NULL DEFAULT now(),
    ended_at              timestamptz,
    end_reason            text CHECK (end_reason IN ('LOGGED_OUT', 'REFRESH_REUSED', 'ACCOUNT_DELETED')),
    CONSTRAINT sessions_end_is_whole CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT sessions_ended_keep_no_key CHECK (ended_at IS NULL OR session_key IS NULL)
);

CREATE INDEX sessions_live_of_user ON sessions (user_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_by_end ON sessions (ended_at) WHERE ended_at IS NOT NULL;
