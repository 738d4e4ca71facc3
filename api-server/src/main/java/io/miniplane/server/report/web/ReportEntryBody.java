package io.miniplane.server.report.web;

import io.miniplane.server.report.application.Reports.Entry;
import java.time.Instant;

/** A report that there is. */
record ReportEntryBody(String month, Instant madeAt) {

    static ReportEntryBody of(Entry entry) {
        return new ReportEntryBody(entry.month().toString(), entry.madeAt());
    }
}
