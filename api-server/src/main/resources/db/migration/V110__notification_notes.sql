-- Which events a buyer was, or may have been, told of, so that nobody is told twice.
CREATE TABLE notification_notes (
    event_id uuid PRIMARY KEY,
    noted_at timestamptz NOT NULL DEFAULT now()
);

-- For forgetting the oldest.
CREATE INDEX notification_notes_by_age ON notification_notes (noted_at);
