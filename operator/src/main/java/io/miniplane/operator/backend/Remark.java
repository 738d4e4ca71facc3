package io.miniplane.operator.backend;

/**
 * Something that people should know and that no condition shows.
 *
 * @param reason one word for programs
 * @param message a sentence for people
 */
record Remark(String reason, String message) {}
