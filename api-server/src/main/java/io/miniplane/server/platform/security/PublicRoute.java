package io.miniplane.server.platform.security;

import org.springframework.http.HttpMethod;

/**
 * A route that anybody may call. A module contributes one bean per route; everything else needs a token. An {@code Authorization} header on a
 * public route is not looked at.
 *
 * @param method the method
 * @param path a path pattern, as in a router function
 */
public record PublicRoute(HttpMethod method, String path) {}
