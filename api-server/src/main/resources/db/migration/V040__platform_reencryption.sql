-- How far each table has come under its new primary keys. A worker that holds the row works; it loses it by silence.
CREATE TABLE reencryption (
    table_name          text        PRIMARY KEY,
    data_key            bigint      NOT NULL,
    index_key           bigint      NOT NULL,
    targeted_at         timestamptz NOT NULL DEFAULT now(),
    phase               text        NOT NULL DEFAULT 'COUNTING' CHECK (phase IN ('COUNTING', 'REWRITING', 'COMPLETE')),
    -- The last row that the pass has dealt with.
    position            uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    remaining           bigint      NOT NULL DEFAULT 0,
    -- Of the pass that is under way: rows that were changed, here or by somebody else meanwhile, and rows that no key opens.
    pass_changed        bigint      NOT NULL DEFAULT 0,
    pass_unreadable     bigint      NOT NULL DEFAULT 0,
    unreadable          bigint      NOT NULL DEFAULT 0,
    completed_data_key  bigint      NOT NULL DEFAULT 0,
    completed_index_key bigint      NOT NULL DEFAULT 0,
    completed_at        timestamptz,
    holder              uuid,
    held_until          timestamptz,
    CONSTRAINT reencryption_hold_is_whole CHECK ((holder IS NULL) = (held_until IS NULL))
);
