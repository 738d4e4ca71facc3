-- The checks of a user are found when the account ends.
CREATE INDEX content_checks_of_user ON content_checks (user_id);
