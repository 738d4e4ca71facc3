package io.miniplane.server.content.application;

import io.miniplane.server.wechat.ContentChecks.Label;
import io.miniplane.server.wechat.ContentChecks.Suggestion;

/** What came of the check of a file. */
public sealed interface Outcome {

    /** WeChat has not told its verdict yet. */
    record Pending() implements Outcome {}

    /** WeChat could not judge the file: it could not be fetched or read. */
    record Failed() implements Outcome {}

    /**
     * WeChat's verdict.
     *
     * @param suggestion what WeChat would do
     * @param label what the file is about
     */
    record Judged(Suggestion suggestion, Label label) implements Outcome {}
}
