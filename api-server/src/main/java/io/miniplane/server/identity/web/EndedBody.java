package io.miniplane.server.identity.web;

/** How many sessions were ended. */
record EndedBody(long ended) {}
