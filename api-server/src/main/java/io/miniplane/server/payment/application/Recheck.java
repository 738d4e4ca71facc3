package io.miniplane.server.payment.application;

import java.time.Duration;

/**
 * When WeChat Pay is asked how a payment stands of which nothing was heard.
 *
 * @param first the wait before the first question; it is doubled before each further one
 * @param longest the longest wait between two
 */
public record Recheck(Duration first, Duration longest) {}
