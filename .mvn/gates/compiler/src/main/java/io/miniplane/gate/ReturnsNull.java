package io.miniplane.gate;

final class ReturnsNull {

    private ReturnsNull() {}

    static String name() {
        return null;
    }
}
