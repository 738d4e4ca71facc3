package io.miniplane.server.bench;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Something that a server is asked many times.
 *
 * @param name what the table calls it
 * @param call sends the request of a number and answers its response
 * @param isRight whether a response is what was asked for
 * @param isSettled whether all that the requests set going is done
 */
record Scenario(
        String name,
        IntFunction<CompletableFuture<HttpResponse<String>>> call,
        Predicate<HttpResponse<String>> isRight,
        BooleanSupplier isSettled) {

    /** A scenario whose requests leave nothing to do. */
    static Scenario of(
            String name,
            IntFunction<CompletableFuture<HttpResponse<String>>> call,
            Predicate<HttpResponse<String>> isRight) {
        return new Scenario(name, call, isRight, () -> true);
    }
}
