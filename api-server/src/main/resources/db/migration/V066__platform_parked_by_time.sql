-- Parked events are swept by their age, and there may be millions of them.
CREATE INDEX outbox_parked_by_time ON outbox (written_at) WHERE is_parked;
