package io.miniplane.operator;

/** The program. */
public final class OperatorMain {

    private OperatorMain() {}

    /** Starts it. */
    public static void main(String[] args) {}
}
