-- What WeChat pushed, by hashes: of the request, which must not come again with another message, and of the message, which is kept once. The messages
-- themselves are events.
CREATE TABLE wechat_pushes_seen (
    key        bytea       PRIMARY KEY,
    content    bytea       NOT NULL,
    deliveries integer     NOT NULL DEFAULT 1,
    seen_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX wechat_pushes_seen_by_time ON wechat_pushes_seen USING brin (seen_at);
