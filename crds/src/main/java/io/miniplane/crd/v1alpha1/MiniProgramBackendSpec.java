package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the owner of an application asks for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.wechat.pay) || has(self.exposure)",
        message = "wechat.pay needs exposure, because WeChat Pay sends its notifications to exposure.host: add "
                + "exposure, or leave pay out")
@ValidationRule(
        value = "!has(self.upstream) || !has(self.upstream.callbacks) || !has(self.upstream.callbacks.push) || "
                + "has(self.wechat.messagePush)",
        message = "upstream.callbacks.push needs wechat.messagePush, by which pushes are verified: add messagePush, or "
                + "leave push out")
@ValidationRule(
        value = "!has(self.upstream) || !has(self.upstream.callbacks) || !has(self.upstream.callbacks.pay) || "
                + "has(self.wechat.pay)",
        message = "upstream.callbacks.pay needs wechat.pay, by which notifications are verified: add wechat.pay, or "
                + "leave callbacks.pay out")
public record MiniProgramBackendSpec(
        @JsonPropertyDescription(
                "AppID of the mini-program, as the WeChat console shows it. It can not be changed later.")
        @Size(max = 18)
        @Pattern("^wx[0-9a-f]{16}$")
        @ValidationRule(
                value = "self.matches('^wx[0-9a-f]{16}$')",
                message = "must be wx and 16 hexadecimal digits in lower case, as the WeChat console shows it")
        @ValidationRule(
                value = "self == oldSelf",
                message = "can not be changed: make another MiniProgramBackend for another mini-program")
        @Required
        String appId,

        @JsonPropertyDescription("What this backend is for: chooses the profile that the servers start with and the "
                + "defaults that the fields below leave open.")
        @Default("prod")
        Environment environment,

        @JsonPropertyDescription("Set to true, the operator goes on reading and reporting but changes nothing.")
        @Default("false")
        boolean paused,

        @JsonPropertyDescription(
                "Container image of the servers. Empty or absent: the version that the operator ships.")
        @Size(max = Shapes.IMAGE_LENGTH)
        @Pattern("^(" + Shapes.IMAGE + ")?$")
        @ValidationRule(
                value = "self.matches('^(" + Shapes.IMAGE + ")?$')",
                message = Shapes.IMAGE_CURE + "; or leave it out")
        @Nullable
        String image,

        @JsonPropertyDescription("Everything that connects the backend with WeChat.") @Required
        Wechat wechat,

        @JsonPropertyDescription("How your staff signs in. Absent: staff can not.") @Nullable
        Staff staff,

        @JsonPropertyDescription(
                "The keys that protect data at rest and sign tokens; the operator makes and rotates them.")
        @Default("{}")
        Keys keys,

        @JsonPropertyDescription("The PostgreSQL database of the backend: exactly one of secretRef and cloudNativePg.")
        @Required
        Database database,

        @JsonPropertyDescription("How events travel from the api to the worker.") @Default("{}")
        Messaging messaging,

        @JsonPropertyDescription("The Deployment that answers HTTP.") @Default("{}")
        Api api,

        @JsonPropertyDescription("The Deployment that handles events and scheduled work.") @Default("{}")
        Worker worker,

        @JsonPropertyDescription(
                "A container of your own that is reached through the backend and receives the identity "
                        + "of the user in X-WX-* headers: exactly one of image and service.")
        @Nullable
        Upstream upstream,

        @JsonPropertyDescription("How the backend is reached from outside: exactly one of ingress and gateway. Absent: "
                + "only from inside the cluster.")
        @Nullable
        Exposure exposure,

        @JsonPropertyDescription("Service mesh.") @Default("{}")
        Mesh mesh,

        @JsonPropertyDescription("How a new version reaches the users.") @Default("{}")
        Rollout rollout,

        @JsonPropertyDescription("Feature flags by name. A change reaches the running pods without a restart.")
        @Size(max = 100)
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-z][a-zA-Z0-9]{0,62}$'))",
                message = "each name must start with a small letter and go on with up to 62 letters and digits, "
                        + "for example newCheckout")
        @Default("{}")
        Map<String, Feature> features,

        @JsonPropertyDescription(
                "How long orders wait. Absent: 30 minutes for their payment, 10 days for word that the "
                        + "goods came.")
        @Nullable
        Orders orders,

        @JsonPropertyDescription("An inventory service of your own that keeps the stock. Absent: the backend keeps it.")
        @Nullable
        Inventory inventory,

        @JsonPropertyDescription("What buyers are told of their orders by subscribe messages. Absent: nothing.")
        @Nullable
        Notifications notifications,

        @JsonPropertyDescription("Reports made on a schedule.") @Default("{}")
        Reports reports,

        @JsonPropertyDescription("Thresholds and labels of the alerts of this backend.") @Default("{}")
        Alerts alerts,

        @JsonPropertyDescription("Where traces go and how many of them.") @Default("{}")
        Observability observability,

        @JsonPropertyDescription("Network isolation of the pods.") @Default("{}")
        NetworkPolicySettings networkPolicy) {}
