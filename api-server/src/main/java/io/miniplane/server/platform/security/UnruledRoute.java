package io.miniplane.server.platform.security;

import org.springframework.http.HttpMethod;
import org.springframework.web.util.pattern.PathPattern;

/** A route of which it is not said, exactly once, who may call it. */
public final class UnruledRoute extends RuntimeException {

    private UnruledRoute(String message) {
        super(message);
    }

    static UnruledRoute none(HttpMethod method, PathPattern path) {
        return new UnruledRoute(
                "nobody has said who may call " + method + " " + path + ": name it in a RouteAccess beside the route.");
    }

    static UnruledRoute twice(HttpMethod method, PathPattern path) {
        return new UnruledRoute(
                "it is said twice who may call " + method + " " + path + ": name it in one RouteAccess, once.");
    }

    static UnruledRoute anyMethod(PathPattern path) {
        return new UnruledRoute(
                "the route " + path + " takes any method, so that no rule can name it: give it methods.");
    }
}
