package io.miniplane.operator.objects;

/**
 * A version that is on trial beside the one that is known to work.
 *
 * @param version what it is rendered from
 * @param weight part of the traffic that it has now, in percent
 * @param pods how many it needs
 * @param routed whether a route splits the traffic; else the numbers of pods do
 */
public record CanaryServers(Backend version, int weight, int pods, boolean routed) {

    /** All of the traffic. */
    static final int ALL = 100;

    /**
     * How many pods a canary needs.
     *
     * @param weight part of the traffic, in percent
     * @param others pods of the version that is known to work
     * @param most more than this are never made
     * @param routed whether a route splits the traffic, so that pods need only be enough for their part of it; else the
     *     part is that of the pods among all
     */
    public static int pods(int weight, int others, int most, boolean routed) {
        double wanted = routed || weight == ALL
                ? Math.ceil((double) others * weight / ALL)
                : Math.rint((double) others * weight / (ALL - weight));
        return (int) Math.clamp(wanted, 1, Math.max(1, most));
    }

    /** Name of the Service that leads to the pods of a canary alone. */
    static String serviceFor(String backend) {
        return Component.CANARY.nameFor(backend) + "-http";
    }

    /** Its part of the traffic as routes split it. */
    int weightOfRoutes() {
        return routed ? weight : 0;
    }

    /** Its part of the traffic where a Service takes any pod. */
    int weightOfPods() {
        return routed ? 0 : weight;
    }
}
