-- Sessions that nobody refreshed in time are found by their expiry, to be forgotten.
CREATE INDEX sessions_by_expiry ON sessions (refresh_expires_at) WHERE ended_at IS NULL;
