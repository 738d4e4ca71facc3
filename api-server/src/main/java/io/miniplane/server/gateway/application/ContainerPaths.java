package io.miniplane.server.gateway.application;

import java.util.Set;

/**
 * Where the container is told of pushes, payments and events. Nobody else may post there: the container takes what comes for true.
 *
 * @param paths plain ones
 */
public record ContainerPaths(Set<String> paths) {

    /** Takes the paths as they are now. */
    public ContainerPaths {
        paths = Set.copyOf(paths);
    }
}
