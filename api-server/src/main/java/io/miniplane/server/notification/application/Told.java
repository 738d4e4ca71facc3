package io.miniplane.server.notification.application;

/** What came of telling a buyer. */
public enum Told {
    /** WeChat took the message. */
    SENT,
    /** The buyer granted no message of the template. */
    REFUSED,
    /** The account is deleted, or WeChat knows the buyer no more. */
    UNREACHABLE,
    /** Whether the message was sent is not known, so that it is not sent again. */
    UNCLEAR,
    /** WeChat could not just now; it is tried again. */
    POSTPONED,
    /** The template, or the right to send, has to be looked at by people. */
    MISCONFIGURED
}
