-- The forced refreshes of each app's WeChat access token, which all servers of the app share: the last 20, the newest first, and
-- the request that was granted last.
CREATE TABLE wechat_forced_refreshes (
    app_id   text          PRIMARY KEY,
    grants   timestamptz[] NOT NULL,
    last_ask uuid          NOT NULL,
    CONSTRAINT wechat_forced_refreshes_are_counted CHECK (cardinality(grants) BETWEEN 1 AND 20)
);
