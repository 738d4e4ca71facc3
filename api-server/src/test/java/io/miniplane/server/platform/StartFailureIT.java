package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureIT {

    private static final String REACHABLE = "--miniplane.database.password=do-not-print-me";

    @Test
    void aMissingAppIdIsNamed() throws Exception {
        assertThat(sentence("--miniplane.app-id="))
                .contains("property miniplane.app-id is wrong")
                .contains("wx0123456789abcdef");
    }

    @Test
    void aWrongEnvironmentIsNamedWithTheRightOnes() throws Exception {
        assertThat(sentence("--miniplane.environment=moon"))
                .contains("property miniplane.environment is wrong")
                .contains("one of dev, staging, prod");
    }

    @Test
    void aWrongPortIsNamed() throws Exception {
        assertThat(sentence("--miniplane.database.port=many"))
                .contains("property miniplane.database.port is wrong")
                .contains("a whole number")
                .doesNotContain("many");
    }

    @Test
    void anUnreachableDatabaseIsNamedAfterABoundedWait() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(sentence("--miniplane.database.port=" + closed, "--spring.flyway.connect-retries=1"))
                .contains("the database at localhost:" + closed + "/postgres cannot be reached")
                .contains("miniplane.database.host");
    }

    @Test
    void aDatabaseThatDoesNotExistIsNamed() throws Exception {
        assertThat(sentence("--miniplane.database.name=nowhere", "--spring.flyway.connect-retries=0"))
                .contains("localhost:" + Postgres.port() + "/nowhere");
    }

    @Test
    void aMissingKeysetIsNamedWithItsFile() throws Exception {
        assertThat(sentence("--miniplane.keys.directory=/nowhere"))
                .contains("the keyset file /nowhere/data.json is missing")
                .contains("miniplane.keys.directory");
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(sentence("--server.port=" + taken.getLocalPort()))
                    .contains("another program listens on port " + taken.getLocalPort());
        }
    }

    private static String sentence(String... arguments) throws Exception {
        List<String> all = Postgres.arguments(Postgres.port(), arguments);
        all.addFirst(REACHABLE);
        try (ServerProcess process = new ServerProcess(all)) {
            assertThat(process.exitCode()).isNotZero();
            assertThat(process.out).noneMatch(line -> line.contains("stack_trace") || line.contains("\tat "));
            assertThat(process.err).as("%s", process.out).hasSize(1);
            assertThat(process.out + " " + process.err).doesNotContain("do-not-print-me");
            return process.err.getFirst();
        }
    }
}
