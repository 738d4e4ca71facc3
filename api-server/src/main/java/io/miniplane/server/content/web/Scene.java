package io.miniplane.server.content.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.miniplane.server.wechat.ContentChecks;

/** Where content stands, which decides how strict WeChat is. */
enum Scene {
    @JsonProperty("profile")
    PROFILE,
    @JsonProperty("comment")
    COMMENT,
    @JsonProperty("forum")
    FORUM,
    @JsonProperty("social_log")
    SOCIAL_LOG;

    ContentChecks.Scene ofWechat() {
        return ContentChecks.Scene.valueOf(name());
    }
}
