package io.miniplane.server.stage;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.test.util.TestSocketUtils;

/** Ports for programs that cannot be told to take any. */
final class FreePorts {

    private FreePorts() {}

    static List<Integer> three() {
        return IntStream.generate(TestSocketUtils::findAvailableTcpPort)
                .distinct()
                .limit(3)
                .boxed()
                .toList();
    }
}
