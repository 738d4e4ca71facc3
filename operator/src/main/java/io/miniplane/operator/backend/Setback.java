package io.miniplane.operator.backend;

import io.miniplane.operator.objects.Failure;
import java.util.List;
import java.util.Optional;

/** Why servers are not what their manifest asks for, or not well. */
sealed interface Setback {

    /** One word for programs. */
    String reason();

    /** A sentence for people. */
    String message();

    /**
     * The version that the manifest asks for failed; the last one that was ready is back.
     *
     * @param failure why it failed
     * @param image what the last good version runs
     * @param failureOfLastGood what is wrong with that one too, if anything
     */
    record RolledBack(Failure failure, String image, Optional<Failure> failureOfLastGood) implements Setback {

        @Override
        public String reason() {
            return "RolledBack";
        }

        @Override
        public String message() {
            return failure
                    + "; rolled back to the last version that was ready (image %s): the one that failed is not tried again until the manifest changes"
                            .formatted(image)
                    + failureOfLastGood
                            .map(also -> ". That version has trouble too: " + also)
                            .orElse("");
        }
    }

    /**
     * The manifest is of a newer version of Miniplane than the operator; the last version that was ready goes on.
     *
     * @param places what of it the operator doesn't know
     */
    record NotUnderstood(List<String> places) implements Setback {

        @Override
        public String reason() {
            return "NotUnderstood";
        }

        @Override
        public String message() {
            return String.join(", ", places)
                    + " is not known to this version of the operator: upgrade the operator, or write something else;"
                    + " until then the last version that was ready runs, if there is one";
        }
    }

    /**
     * The servers fail, and no earlier version can help.
     *
     * @param failure why they fail
     * @param wasReady whether this same version has been ready before
     */
    record NothingToGoBackTo(Failure failure, boolean wasReady) implements Setback {

        @Override
        public String reason() {
            return failure.reason();
        }

        @Override
        public String message() {
            return failure
                    + (wasReady
                            ? "; this version has been ready before, so an earlier one would not help"
                            : "; no version of this backend has ever been ready, so there is none to go back to");
        }
    }
}
