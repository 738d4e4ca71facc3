package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Which messages of WeChat the container gets, verified and in plain JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Callbacks(
        @JsonPropertyDescription("Message pushes. Absent: none.") @Nullable
        PushCallback push,

        @JsonPropertyDescription("Notifications of WeChat Pay. Absent: none.") @Nullable
        PayCallback pay) {

    static final String PATH = "^(/[a-zA-Z0-9_-][a-zA-Z0-9._-]*)+$";
    static final String PATH_CURE = "must start with / and have no query, for example /wechat/push";
}
