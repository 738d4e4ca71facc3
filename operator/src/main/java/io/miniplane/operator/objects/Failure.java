package io.miniplane.operator.objects;

/**
 * Why servers don't come up.
 *
 * @param reason one CamelCase word, mostly the kubelet's: {@code ImagePullBackOff}, {@code CrashLoopBackOff}
 * @param message the rest of it, in the words of who noticed
 */
public record Failure(String reason, String message) {

    /** HTTP status of an API server that does not take an object. */
    public static final int UNPROCESSABLE = 422;

    private static final int LONGEST = 400;

    /** Shortens the message: its end is kept, where programs that fail say why. */
    public Failure {
        message = message.length() <= LONGEST ? message : "…" + message.substring(message.length() - LONGEST);
    }

    @Override
    public String toString() {
        return message.isEmpty() ? reason : reason + ": " + message;
    }
}
