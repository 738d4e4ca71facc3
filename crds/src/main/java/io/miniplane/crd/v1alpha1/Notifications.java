package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;

/** What buyers are told of their orders by subscribe messages. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notifications(
        @JsonPropertyDescription("The version of the mini-program that a tap on a message opens.") @Default("release")
        AppVersion version,

        @JsonPropertyDescription("The language of what WeChat adds to messages.") @Default("zh-cn")
        Language language,

        @JsonPropertyDescription("What is told on which occasion; on one that is absent nobody is told.") @Required
        Templates templates) {

    /** A version of a mini-program. */
    public enum AppVersion {
        /** The one for everybody. */
        @JsonProperty("release")
        RELEASE,
        /** The one for those who try it. */
        @JsonProperty("trial")
        TRIAL,
        /** The one of its developers. */
        @JsonProperty("develop")
        DEVELOP
    }

    /** A language that WeChat knows. */
    public enum Language {
        /** Simplified Chinese. */
        @JsonProperty("zh-cn")
        ZH_CN,
        /** English. */
        @JsonProperty("en-us")
        EN_US,
        /** Traditional Chinese as in Hong Kong. */
        @JsonProperty("zh-hk")
        ZH_HK,
        /** Traditional Chinese as in Taiwan. */
        @JsonProperty("zh-tw")
        ZH_TW
    }
}
