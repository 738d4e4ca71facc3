package io.miniplane.server.identity.application;

/** Is told what came of asking for the risk of users. */
@FunctionalInterface
public interface RiskVerdicts {

    /** Counts a verdict. */
    void add(Verdict verdict);

    /** What came of asking. */
    enum Verdict {
        /** The risk is low enough. */
        PASSED,
        /** The risk is too high. */
        BLOCKED,
        /** WeChat did not tell. */
        UNKNOWN
    }
}
