-- Checks of pictures and sounds that users asked for. The address of the file is encrypted and bound to its row; the file itself is never here.
CREATE TABLE content_checks (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL,
    media      text        NOT NULL CHECK (media IN ('IMAGE', 'AUDIO')),
    scene      text        NOT NULL CHECK (scene IN ('PROFILE', 'COMMENT', 'FORUM', 'SOCIAL_LOG')),
    url        bytea       NOT NULL,
    trace_id   text        NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX content_checks_by_age ON content_checks (created_at);

-- What WeChat pushed about them. A verdict may be here before its check is, and WeChat may tell it more than once: the first one stays.
CREATE TABLE content_verdicts (
    trace_id   text        PRIMARY KEY,
    suggestion text        CHECK (suggestion IN ('PASS', 'REVIEW', 'RISKY')),
    label      text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT content_verdicts_are_whole CHECK ((suggestion IS NULL) = (label IS NULL))
);

CREATE INDEX content_verdicts_by_age ON content_verdicts (created_at);
