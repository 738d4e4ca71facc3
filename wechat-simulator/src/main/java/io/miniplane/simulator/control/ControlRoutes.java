package io.miniplane.simulator.control;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Exchange;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Reply;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Adds the calls of the control API: each takes a JSON body of one type and answers with JSON. */
final class ControlRoutes {

    private static final String JSON = "application/json; charset=utf-8";

    private final HttpServerRoutes routes;

    ControlRoutes(HttpServerRoutes routes) {
        this.routes = routes;
    }

    /** Answers a question, whose query parameters the action may read. */
    void get(String path, Function<Call, JsonNode> action) {
        routes.get(path, (request, response) -> answer(request, response, action));
    }

    <T> void post(String path, Class<T> type, Function<T, JsonNode> action) {
        routes.post(path, (request, response) -> answer(request, response, call -> action.apply(read(call, type))));
    }

    <T> void put(String path, Class<T> type, Function<T, JsonNode> action) {
        routes.put(path, (request, response) -> answer(request, response, call -> action.apply(read(call, type))));
    }

    /** A call whose path has the given parameter in braces; the action gets its value first. */
    <T> void put(String path, String parameter, Class<T> type, BiFunction<String, T, JsonNode> action) {
        routes.put(path, (request, response) -> {
            String value = String.valueOf(request.param(parameter));
            return answer(request, response, call -> action.apply(value, read(call, type)));
        });
    }

    void delete(String path, Runnable action) {
        routes.delete(path, (request, response) -> answer(request, response, call -> done(action)));
    }

    /** Refuses what no other route takes; comes last. */
    void refuseTheRest() {
        routes.route(request -> true, ControlRoutes::notFound);
    }

    /** Does something that has nothing to tell. */
    static JsonNode done(Runnable action) {
        action.run();
        return Json.object();
    }

    private static <T> T read(Call call, Class<T> type) {
        return Json.parse(call.body().isBlank() ? "{}" : call.body(), type);
    }

    private static Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Function<Call, JsonNode> action) {
        return Exchange.read(request).flatMap(call -> Exchange.write(response, obey(call, action), JSON));
    }

    private static Reply obey(Call call, Function<Call, JsonNode> action) {
        try {
            return Reply.ok(action.apply(call));
        } catch (JacksonException malformed) {
            return refused(400, "The body is no JSON that this call understands: " + malformed.getOriginalMessage());
        } catch (IllegalArgumentException invalid) {
            return refused(400, String.valueOf(invalid.getMessage()));
        }
    }

    private static Publisher<Void> notFound(HttpServerRequest request, HttpServerResponse response) {
        Reply reply = refused(404, "Nothing answers " + request.method() + " " + request.fullPath() + " here.");
        return Exchange.read(request).flatMap(call -> Exchange.write(response, reply, JSON));
    }

    private static Reply refused(int status, String sentence) {
        return new Reply(status, "refused", Json.object().put("error", sentence).toString());
    }
}
