-- What of the things that are no users' somebody of the staff has changed, such as a dead letter.
ALTER TABLE audit ADD COLUMN object text;

-- Dead letters in the order in which staff reads them.
CREATE INDEX queue_messages_dead_letters ON queue_messages (position, queue) WHERE dead_at IS NOT NULL;
