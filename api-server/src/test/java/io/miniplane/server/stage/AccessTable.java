package io.miniplane.server.stage;

import io.miniplane.server.stage.Api.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which status every kind of caller gets at every route. {@code {id}} stands for the user, whom the other user is not; the order of the callers
 * counts, for the user who calls second to last of a row that deletes them is gone for the rest.
 */
public final class AccessTable {

    /** The kinds of callers, in the order of the columns. */
    public static final List<String> CALLERS =
            List.of("nobody", "expired", "foreign", "support", "other user", "user", "operator", "admin");

    // 400 is an empty body or a call without parameters that was let in, 404 among them a session that is not there.
    private static final String TABLE = """
            route                                         nobody expired foreign support other user operator admin body
            GET    /.well-known/jwks.json                    200     200     200     200   200  200      200   200
            GET    /openapi.json                             200     200     200     200   200  200      200   200
            GET    /docs                                     200     200     200     200   200  200      200   200
            GET    /docs/{asset}                             404     404     404     404   404  404      404   404
            POST   /api/v1/auth/login                        400     400     400     400   400  400      400   400 {}
            POST   /api/v1/auth/refresh                      400     400     400     400   400  400      400   400 {}
            POST   /api/v1/auth/logout                       401     401     401     401   200  200      401   401
            GET    /api/v1/wechat/push                       400     400     400     400   400  400      400   400
            POST   /api/v1/wechat/push                       400     400     400     400   400  400      400   400 {}
            GET    /api/v1/users/me                          401     401     401     403   200  200      403   403
            PUT    /api/v1/users/me                          401     401     401     403   200  200      403   403 {}
            DELETE /api/v1/users/me                          401     401     401     403   200  200      403   403
            PUT    /api/v1/users/me/phone                    401     401     401     403   400  400      403   403 {}
            DELETE /api/v1/users/me/phone                    401     401     401     403   200  200      403   403
            POST   /api/v1/users/me/profile                  401     401     401     403   400  400      403   403 {}
            GET    /api/v1/users/me/sessions                 401     401     401     403   200  200      403   403
            DELETE /api/v1/users/me/sessions                 401     401     401     403   200  200      403   403
            DELETE /api/v1/users/me/sessions/{id}            401     401     401     403   404  404      403   403
            GET    /api/v1/features                          401     401     401     403   200  200      403   403
            GET    /api/v1/reports/monthly                   401     401     401     200   403  403      200   200
            GET    /api/v1/reports/monthly/{month}           401     401     401     404   403  403      404   404
            GET    /api/v1/users                             401     401     401     200   403  403      200   200
            POST   /api/v1/content-checks                    401     401     401     403   400  400      403   403 {}
            GET    /api/v1/content-checks/{id}               401     401     401     403   404  404      403   403
            POST   /api/v1/users                             401     401     401     403   403  403      400   400 {}
            POST   /api/v1/users/search                      401     401     401     200   403  403      200   200 {}
            GET    /api/v1/users/{id}                        401     401     401     200   403  403      200   200
            PUT    /api/v1/users/{id}                        401     401     401     403   403  403      400   400 {}
            DELETE /api/v1/users/{id}                        401     401     401     403   403  403      200   200
            POST   /api/v1/users/{id}/disclosures            401     401     401     403   403  403      403   400 {}
            GET    /api/v1/dead-letters                      401     401     401     403   403  403      200   200
            POST   /api/v1/dead-letters/replays              401     401     401     403   403  403      400   400 {}
            GET    /api/v1/dead-letters/{queue}/{eventId}    401     401     401     403   403  403      404   404
            DELETE /api/v1/dead-letters/{queue}/{eventId}    401     401     401     403   403  403      404   404
            POST   /api/v1/dead-letters/{queue}/{eventId}/replay 401 401     401     403   403  403      404   404
            GET    /api/v1/products                          401     401     401     200   200  200      200   200
            GET    /api/v1/products/{id}                     401     401     401     404   404  404      404   404
            POST   /api/v1/products                          401     401     401     403   403  403      400   400 {}
            PUT    /api/v1/products/{id}                     401     401     401     403   403  403      400   400 {}
            GET    /api/v1/products/{id}/stock-changes       401     401     401     404   403  403      404   404
            POST   /api/v1/products/{id}/stock-changes       401     401     401     403   403  403      400   400 {}
            GET    /api/v1/stock                             401     401     401     200   403  403      200   200
            GET    /api/v1/stock/{id}                        401     401     401     404   403  403      404   404
            POST   /api/v1/orders                            401     401     401     403   400  400      403   403 {}
            GET    /api/v1/orders                            401     401     401     200   200  200      200   200
            GET    /api/v1/orders/{id}                       401     401     401     404   404  404      404   404
            PUT    /api/v1/orders/{id}/cancellation          401     401     401     403   404  404      403   403
            PUT    /api/v1/orders/{id}/receipt               401     401     401     403   404  404      403   403
            PUT    /api/v1/orders/{id}/shipment              401     401     401     403   403  403      400   400 {}
            POST   /api/v1/orders/{id}/payment               401     401     401     403   502  502      403   403
            GET    /api/v1/orders/{id}/payment               401     401     401     404   403  403      404   404
            POST   /api/v1/orders/{id}/refunds               401     401     401     403   403  403      400   400 {}
            POST   /api/v1/wechat/pay/notifications          502     502     502     502   502  502      502   502 {}
            GET    /api/v1/audit                             401     401     401     403   403  403      403   200
            """;

    private AccessTable() {}

    /** All rows. */
    public static List<Row> rows() {
        return TABLE.lines().skip(1).map(Row::parse).toList();
    }

    /** The row of one route, such as {@code GET /api/v1/users}. */
    public static Row row(String route) {
        return rows().stream()
                .filter(row -> row.route().equals(route))
                .findFirst()
                .orElseThrow();
    }

    /**
     * One route.
     *
     * @param method its method
     * @param path its path pattern
     * @param expected the status by kind of caller
     * @param body what is sent, or null
     */
    public record Row(
            String method,
            String path,
            Map<String, Integer> expected,
            @Nullable String body) {

        private static Row parse(String line) {
            String[] cells = line.strip().split(" +", -1);
            Map<String, Integer> expected = new TreeMap<>();
            for (int i = 0; i < CALLERS.size(); i++) {
                expected.put(CALLERS.get(i), Integer.valueOf(cells[i + 2]));
            }
            String[] rest = Arrays.copyOfRange(cells, CALLERS.size() + 2, cells.length);
            return new Row(cells[0], cells[1], expected, rest.length == 0 ? null : rest[0]);
        }

        /** Method and path pattern. */
        public String route() {
            return method + " " + path;
        }

        /** Calls it, about the given user where the path names one. */
        public Answer call(Api api, @Nullable String token, String user) {
            String called = path.replace("{id}", user)
                    .replace("{asset}", "nothing.js")
                    .replace("{month}", "2020-01")
                    .replace("{queue}", "some.queue")
                    .replace("{eventId}", user);
            return api.call(method, called, token, body);
        }

        @Override
        public String toString() {
            return route();
        }
    }
}
