package io.miniplane.simulator.push;

import java.time.Instant;

/**
 * One delivery of a push and what came of it.
 *
 * @param number 1 for the first
 * @param at the simulated time it began
 * @param millis how long the answer took
 * @param status the HTTP status, 0 when there was none
 * @param answer the first 500 characters of the answer, or of what it says when it is enciphered
 * @param accepted whether WeChat takes it for an acknowledgement
 * @param problem what went wrong, empty when nothing did
 */
public record Delivery(
        int number, Instant at, long millis, int status, String answer, boolean accepted, String problem) {

    private static final int KEPT = 500;

    static Delivery answered(int number, Instant at, long millis, int status, String answer, boolean accepted) {
        String problem = accepted
                ? ""
                : "Neither \"success\" nor an empty answer with status 200, so it counts as not delivered.";
        return new Delivery(number, at, millis, status, cut(answer), accepted, problem);
    }

    static Delivery failed(int number, Instant at, long millis, String problem) {
        return new Delivery(number, at, millis, 0, "", false, problem);
    }

    static String cut(String text) {
        return text.length() <= KEPT ? text : text.substring(0, KEPT) + "…";
    }
}
