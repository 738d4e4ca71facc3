package io.miniplane.server.identity.application;

import java.time.Duration;

/**
 * How many sessions a user may open and for how long.
 *
 * @param refreshLifetime how long a refresh token may lie unused
 * @param maxSessions how many sessions of one user live at once; the oldest end
 * @param maxLogins how often one user may log in within the window
 * @param loginWindow begins with a login after the last one's end
 */
public record SessionRules(Duration refreshLifetime, int maxSessions, int maxLogins, Duration loginWindow) {}
