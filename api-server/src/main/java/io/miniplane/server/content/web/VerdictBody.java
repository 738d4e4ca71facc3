package io.miniplane.server.content.web;

import io.miniplane.server.wechat.ContentChecks.Verdict;
import java.util.Locale;

/** What WeChat thinks of a text; the words are lower case. */
record VerdictBody(String suggestion, String label) {

    static VerdictBody of(Verdict verdict) {
        return new VerdictBody(lower(verdict.suggestion()), lower(verdict.label()));
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
