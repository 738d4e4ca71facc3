package io.miniplane.simulator;

/** The program. */
public final class SimulatorMain {

    private SimulatorMain() {}

    /** Starts it. */
    public static void main(String[] args) {}
}
