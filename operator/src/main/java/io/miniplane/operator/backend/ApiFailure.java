package io.miniplane.operator.backend;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.miniplane.operator.objects.ForeignObjectException;

/** Puts a failure into a sentence for the owner of a backend. */
final class ApiFailure {

    private static final int LONGEST = 500;

    private ApiFailure() {}

    static String reason(Throwable failure) {
        return cause(failure) instanceof ForeignObjectException ? "NameTaken" : "ApplyFailed";
    }

    static String describe(Throwable failure) {
        String text =
                switch (cause(failure)) {
                    case ForeignObjectException taken -> taken.getMessage();
                    case KubernetesClientException refused
                    when refused.getStatus() != null ->
                        "The API server refused: " + refused.getStatus().getMessage();
                    case KubernetesClientException unreachable ->
                        "The API server can't be reached; this is tried again";
                    default -> "The operator failed; its log says why. This is tried again";
                };
        return text == null || text.length() <= LONGEST ? String.valueOf(text) : text.substring(0, LONGEST);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof KubernetesClientException || cause instanceof ForeignObjectException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
