package io.miniplane.operator.backend;

import io.miniplane.operator.objects.CanaryServers;
import io.miniplane.operator.objects.LastGood;
import io.miniplane.operator.objects.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a canary stands in this pass.
 *
 * @param memory what is remembered of the backend by now
 * @param servers what to make, while a version is on trial
 * @param report what people are told
 * @param lookAgain when it is worth another look even if nothing happens
 * @param remarks what else they are told
 */
record CanaryPass(
        Optional<LastGood> memory,
        Optional<CanaryServers> servers,
        Optional<CanaryReport> report,
        Optional<Duration> lookAgain,
        List<Remark> remarks) {

    /** No version is on trial. */
    static CanaryPass none(Optional<LastGood> memory, List<Remark> remarks) {
        return new CanaryPass(memory, Optional.empty(), Optional.empty(), Optional.empty(), remarks);
    }

    /** The version on trial. */
    Optional<Trial> trial() {
        return memory.map(LastGood::trial);
    }
}
