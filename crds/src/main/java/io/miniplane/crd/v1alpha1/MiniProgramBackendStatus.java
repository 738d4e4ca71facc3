package io.miniplane.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MiniProgramBackendStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, Progressing, Degraded, CredentialsValid, KeysReady, DatabaseReady, AutoscalingActive and "
                        + "KindsAvailable.")
        @Nullable
        List<Condition> conditions,

        @JsonPropertyDescription("Container image that the servers run.") @Nullable
        String image,

        @JsonPropertyDescription("Address of the backend: the public one, else the one inside the cluster.") @Nullable
        String url,

        @JsonPropertyDescription("The api Deployment.") @Nullable
        ApiStatus api,

        @JsonPropertyDescription("The worker Deployment.") @Nullable
        WorkerStatus worker,

        @JsonPropertyDescription("The keys.") @Nullable KeysStatus keys,

        @JsonPropertyDescription("The canary, while a new version is on trial.") @Nullable
        RolloutStatus rollout,

        @JsonPropertyDescription("Label selector of the api pods, for the scale subresource.") @Nullable @LabelSelector
        String selector) {}
