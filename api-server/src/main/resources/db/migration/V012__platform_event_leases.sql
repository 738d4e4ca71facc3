-- A worker says itself until when it counts as alive, so that workers of different settings can stand beside each other.
ALTER TABLE event_workers RENAME COLUMN seen_at TO alive_until;
ALTER TABLE event_workers ALTER COLUMN alive_until DROP DEFAULT;
