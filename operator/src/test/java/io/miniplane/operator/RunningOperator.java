package io.miniplane.operator;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** An operator inside the test, with the rights of its ServiceAccount. */
final class RunningOperator implements AutoCloseable {

    private final OperatorProgram program;

    private RunningOperator(OperatorProgram program) {
        this.program = program;
    }

    /** Starts one without leader election. */
    static RunningOperator on(ControlPlane plane) {
        return on(plane, Map.of("MINIPLANE_LEADER_ELECTION", "false"));
    }

    static RunningOperator on(ControlPlane plane, Map<String, String> environment) {
        return on(plane.operatorConfig(), environment);
    }

    static RunningOperator on(Config cluster, Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        variables.put("MINIPLANE_HTTP_PORT", "0");
        variables.put("MINIPLANE_DISCOVERY_INTERVAL", "1");
        variables.putIfAbsent("MINIPLANE_SERVER_IMAGE", "miniplane/api-server:test");
        try {
            var program = new OperatorProgram(Settings.from(variables), cluster, () -> {
                throw new AssertionError("The operator lost its lease.");
            });
            program.start();
            return new RunningOperator(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int httpPort() {
        return program.httpPort();
    }

    int externalMetricsPort() {
        return program.externalMetricsPort().orElseThrow();
    }

    @Override
    public void close() {
        program.close();
    }
}
