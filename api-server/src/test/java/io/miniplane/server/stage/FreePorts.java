package io.miniplane.server.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;

/** Ports for programs that cannot be told to take any. */
final class FreePorts {

    private FreePorts() {}

    static List<Integer> three() {
        return IntStream.generate(FreePorts::one).distinct().limit(3).boxed().toList();
    }

    private static int one() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
