package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Everything that connects the backend with WeChat. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wechat(
        @JsonPropertyDescription("Where the AppSecret of the mini-program is: 32 hexadecimal digits.") @Required
        SecretKeyRef appSecretRef,

        @JsonPropertyDescription("Address of the WeChat API; another one for a proxy with a fixed outgoing address, or "
                + "for the simulator.")
        @Size(max = Shapes.URL_LENGTH)
        @Pattern(Shapes.URL)
        @ValidationRule(value = Shapes.URL_RULE, message = Shapes.URL_CURE + "https://api.weixin.qq.com")
        @Default("https://api.weixin.qq.com")
        String baseUrl,

        @JsonPropertyDescription("Message push (customer messages, events). Absent: pushes are refused.") @Nullable
        MessagePush messagePush,

        @JsonPropertyDescription(
                "API security: encrypts and signs calls to the WeChat APIs that offer it. Absent: plain calls.")
        @Nullable
        ApiSecurity apiSecurity,

        @JsonPropertyDescription("WeChat Pay of a direct merchant, API v3. Absent: payments are refused.") @Nullable
        Pay pay,

        @JsonPropertyDescription("Which WeChat APIs your own container may call without a token.") @Default("{}")
        OpenApi openApi) {}
