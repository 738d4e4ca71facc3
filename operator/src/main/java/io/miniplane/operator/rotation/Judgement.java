package io.miniplane.operator.rotation;

import java.time.Duration;

/** Whether a phase may end. */
sealed interface Judgement {

    /** All that it waited for has come. */
    record Done() implements Judgement {}

    /**
     * Something is still to come.
     *
     * @param why what, for people
     * @param lookAgain when it is worth another look
     */
    record Wait(String why, Duration lookAgain) implements Judgement {}
}
