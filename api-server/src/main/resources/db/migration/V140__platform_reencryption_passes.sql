-- When the pass that is under way began, and the last one that found nothing to change: only rows that were written before it count.
ALTER TABLE reencryption
    ADD COLUMN pass_started_at           timestamptz,
    ADD COLUMN completed_pass_started_at timestamptz;
