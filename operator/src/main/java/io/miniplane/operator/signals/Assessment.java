package io.miniplane.operator.signals;

import io.miniplane.crd.v1alpha1.ApiStatus;
import io.miniplane.crd.v1alpha1.MiniProgramBackend;
import io.miniplane.crd.v1alpha1.MiniProgramBackendStatus;
import io.miniplane.crd.v1alpha1.WorkerStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows for a backend from what its pods tell. It stays the same while nothing changes that matters.
 *
 * @param tier the tier of traffic that holds, counted from 1
 * @param qps requests per second over all pods, rounded for people; nothing while not all can be read
 * @param queueLength events that wait, rounded for people; nothing while they can't be counted
 * @param database whether pods reach the database
 */
public record Assessment(
        int tier, @Nullable Long qps, @Nullable Long queueLength, DatabaseHealth database) {

    /** What the status of a backend says. */
    static Assessment reported(MiniProgramBackend backend) {
        Optional<MiniProgramBackendStatus> status = Optional.ofNullable(backend.getStatus());
        Optional<ApiStatus> api = status.map(MiniProgramBackendStatus::api);
        return new Assessment(
                api.map(ApiStatus::tier).orElse(1),
                api.map(ApiStatus::qps).orElse(null),
                status.map(MiniProgramBackendStatus::worker)
                        .map(WorkerStatus::queueLength)
                        .orElse(null),
                status.map(MiniProgramBackendStatus::conditions)
                        .map(DatabaseHealth::reported)
                        .orElse(DatabaseHealth.UNKNOWN));
    }
}
