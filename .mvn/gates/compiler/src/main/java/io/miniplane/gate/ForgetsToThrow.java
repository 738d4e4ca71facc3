package io.miniplane.gate;

final class ForgetsToThrow {

    private ForgetsToThrow() {}

    static void refuse() {
        new IllegalStateException("never thrown");
    }
}
