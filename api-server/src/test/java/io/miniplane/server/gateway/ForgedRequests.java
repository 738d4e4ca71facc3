package io.miniplane.server.gateway;

import java.util.List;
import java.util.stream.Stream;

/** Requests that want to pass for somebody else, or to get where they may not. */
record ForgedRequests(String token) {

    /** Names under which a container may look for who calls, {@code _} being what many programs make of {@code -}. */
    private static final List<String> NAMES = List.of(
            "X-WX-OPENID",
            "x-wx-openid",
            "X-Wx-OpenId",
            "X_WX_OPENID",
            "x_wx-openid",
            "X-WX-UNIONID",
            "X-WX-APPID",
            "X-WX-FROM-OPENID",
            "X-WX-SOURCE",
            "X-WX-ENV",
            "x_wx_env",
            "X-WX-CLOUDBASE-ACCESS-TOKEN",
            "X-WX-ANYTHING-NEW",
            "X-Miniplane-User",
            "x_miniplane_user",
            "X-MINIPLANE-ROLES",
            "x-miniplane_identity",
            "X-Miniplane-Identity",
            "X-Original-Forwarded-For",
            "x_original_forwarded_for",
            "X_Forwarded_For",
            "Forwarded",
            "X-Real-IP");

    /** Addresses that some program may read as another than they are, with what they are after. */
    private static final List<String> ADDRESSES = List.of(
            "/api/open/../../staff/a",
            "/api/open/%2e%2e/%2e%2e/staff/a",
            "/api/open/%2E./../staff/a",
            "/api/open/..%2f..%2fstaff/a",
            "/api/open/..%5c..%5cstaff/a",
            "/api/open/..\\..\\staff\\a",
            "/api/open/..;/..;/staff/a",
            "/api/open/..;a=b/staff/a",
            "/api/open;/../../staff/a",
            "/api/open/%252e%252e/staff/a",
            "/api/open/%c0%ae%c0%ae/staff/a",
            "/api/open/%00/../staff/a",
            "/api/open/a%00",
            "/api/open/a%0d%0aX-WX-OPENID:%20forged",
            "//staff/a",
            "/api//open/a",
            "//api/open/a",
            "/./staff/a",
            "/staff/a",
            "/staff/./a",
            "/st%61ff/a",
            "/staff;a=b/a",
            "/STAFF/a",
            "/staff%2fa",
            "/api/v1/users/me",
            "/api/v1/no-such-thing",
            "/api/v1;a=b/no-such-thing",
            "/api/%76%31/no-such-thing",
            "/api/v1%2fno-such-thing",
            "/api/./v1/no-such-thing",
            "/api/open/../v1/users/me",
            "/api/open/a#/../staff",
            "/api/open/a?/../../staff",
            "http://other.example/staff/a",
            "http://other.example/api/open/../../staff/a",
            "http://other.example/api/open/a",
            "http://shop.example@other.example/staff/a",
            "http:/staff/a",
            "https://shop.example:1/staff/a",
            "shop.example:80",
            "*",
            "staff/a",
            "/api/open/\u00e4");

    /** A request and what it is called. */
    record Shape(String name, String bytes) {

        @Override
        public String toString() {
            return name;
        }
    }

    Stream<Shape> all() {
        return Stream.of(names(), folds(), connections(), framing(), chunks(), addresses(), upgrades())
                .flatMap(shapes -> shapes);
    }

    private Stream<Shape> names() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(
                        new Shape(name + " beside a token", get("/api/a", authorization() + name + ": forged\r\n")),
                        new Shape(name + " of nobody", get("/api/open/a", name + ": forged\r\n")),
                        new Shape(name + " of a visitor", get("/api/shop/a", name + ": forged\r\n")),
                        new Shape(
                                name + " twice beside a token",
                                get("/api/a", name + ": forged\r\n" + authorization() + name + ": forged\r\n"))));
    }

    private Stream<Shape> folds() {
        String token = authorization();
        return Stream.of(
                new Shape("a space before the colon", get("/api/a", token + "X-WX-OPENID : forged\r\n")),
                new Shape("a tab before the colon", get("/api/a", token + "X-WX-OPENID\t: forged\r\n")),
                new Shape("a space before the name", get("/api/a", token + " X-WX-OPENID: forged\r\n")),
                new Shape("folded behind another header", get("/api/a", token + "X-A: b\r\n X-WX-OPENID: forged\r\n")),
                new Shape("folded with a tab", get("/api/a", token + "X-A: b\r\n\tX-WX-OPENID: forged\r\n")),
                new Shape("its value folded", get("/api/a", token + "X-WX-OPENID:\r\n forged\r\n")),
                new Shape("behind a bare line feed", get("/api/a", token + "X-A: b\nX-WX-OPENID: forged\r\n")),
                new Shape("behind a bare carriage return", get("/api/a", token + "X-A: b\rX-WX-OPENID: forged\r\n")),
                new Shape("behind a NUL", get("/api/a", token + "X-A: b\0X-WX-OPENID: forged\r\n")),
                new Shape("a NUL in the name", get("/api/a", token + "X-WX\0-OPENID: forged\r\n")),
                new Shape("an empty name", get("/api/a", token + ": forged\r\n")),
                new Shape("a line without a colon", get("/api/a", token + "X-WX-OPENID forged\r\n")),
                new Shape("a name beyond ASCII", get("/api/a", token + "X-WX-OPENID\u00a0: forged\r\n")),
                new Shape("a full-width name", get("/api/a", token + "\uff38-WX-OPENID: forged\r\n")),
                new Shape("a header that quotes one", get("/api/a", token + "X-A: \"\r\nX-WX-OPENID: forged\"\r\n")));
    }

    private Stream<Shape> connections() {
        String token = authorization();
        String forged = "X-WX-OPENID: forged\r\n";
        return Stream.of(
                new Shape("listed in Connection", get("/api/a", token + forged + "Connection: X-WX-OPENID\r\n")),
                new Shape(
                        "ours listed in Connection",
                        get("/api/a", token + "Connection: X-WX-OPENID, X-Miniplane-User, X-Forwarded-For\r\n")),
                new Shape(
                        "Connection twice",
                        get("/api/a", token + forged + "Connection: a\r\nConnection: x_wx_openid\r\n")),
                new Shape("Authorization listed", get("/api/a", token + "Connection: Authorization\r\n")),
                new Shape("Keep-Alive", get("/api/a", token + forged + "Keep-Alive: X-WX-OPENID\r\n")),
                new Shape("Proxy-Connection", get("/api/a", token + forged + "Proxy-Connection: keep-alive\r\n")),
                new Shape("TE: trailers", get("/api/a", token + forged + "TE: trailers\r\n")),
                new Shape("the method overridden", get("/api/open/a", "X-HTTP-Method-Override: DELETE\r\n")),
                new Shape("another address told", get("/api/open/a", "X-Original-URL: /staff/a\r\n")),
                new Shape("another address told otherwise", get("/api/open/a", "X-Rewrite-URL: /staff/a\r\n")),
                new Shape("two tokens", get("/api/a", "Authorization: Bearer nonsense\r\n" + token)),
                new Shape("the token as a cookie", get("/api/a", "Cookie: token=" + this.token + "\r\n")),
                new Shape("another proxy told", get("/api/a", token + "Via: 1.1 X-WX-OPENID\r\n" + forged)));
    }

    private Stream<Shape> framing() {
        String inner = "GET /api/open/smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n";
        String chunks = "0\r\n\r\n" + inner;
        return Stream.of(
                new Shape("length beside chunks", post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", chunks)),
                new Shape("chunks beside length", post("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n", chunks)),
                new Shape(
                        "two lengths", post("Content-Length: 0\r\nContent-Length: " + inner.length() + "\r\n", inner)),
                new Shape("a list of lengths", post("Content-Length: 0, " + inner.length() + "\r\n", inner)),
                new Shape("a signed length", post("Content-Length: +" + inner.length() + "\r\n", inner)),
                new Shape("a negative length", post("Content-Length: -1\r\n", inner)),
                new Shape("a length in hexadecimal", post("Content-Length: 0x0\r\n", inner)),
                new Shape("an unknown encoding", post("Transfer-Encoding: xchunked\r\n", chunks)),
                new Shape("chunked and identity", post("Transfer-Encoding: chunked, identity\r\n", chunks)),
                new Shape(
                        "two encodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", chunks)),
                new Shape("a space before the colon of the encoding", post("Transfer-Encoding : chunked\r\n", chunks)),
                new Shape("a tab before chunked", post("Content-Length: 4\r\nTransfer-Encoding:\tchunked\r\n", chunks)),
                new Shape("a vertical tab before chunked", post("Transfer-Encoding: \u000bchunked\r\n", chunks)),
                new Shape("a folded encoding", post("Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n", chunks)),
                new Shape(
                        "an encoding with underscores",
                        post("Transfer_Encoding: chunked\r\nContent-Length: 0\r\n", inner)));
    }

    private Stream<Shape> chunks() {
        String inner = "GET /api/open/smuggled HTTP/1.1\r\nHost: shop.example\r\n\r\n";
        String chunks = "0\r\n\r\n" + inner;
        return Stream.of(
                new Shape(
                        "a trailer",
                        post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\nX-WX-OPENID: forged\r\n\r\n")),
                new Shape(
                        "a trailer that is told",
                        post(
                                "Trailer: X-WX-OPENID\r\nTransfer-Encoding: chunked\r\n",
                                "1\r\na\r\n0\r\nX-WX-OPENID: forged\r\nX_Miniplane_User: forged\r\n\r\n")),
                new Shape(
                        "an extended chunk", post("Transfer-Encoding: chunked\r\n", "1;a=\"\r\n\"\r\na\r\n" + chunks)),
                new Shape(
                        "a chunk too large for an int",
                        post("Transfer-Encoding: chunked\r\n", "100000001\r\na\r\n" + chunks)),
                new Shape("a chunk of negative size", post("Transfer-Encoding: chunked\r\n", "-1\r\na\r\n" + chunks)),
                new Shape("chunks behind bare line feeds", post("Transfer-Encoding: chunked\r\n", "1\na\n0\n\n" + "x")),
                new Shape(
                        "a body of a GET",
                        "GET /api/open/a HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: "
                                + inner.length() + "\r\n\r\n" + inner),
                new Shape("expecting 100", post("Expect: 100-continue\r\nContent-Length: 1\r\n", "a")));
    }

    private Stream<Shape> addresses() {
        return ADDRESSES.stream()
                .map(address -> new Shape("the address " + address.replace("\\", "(backslash)"), get(address, "")));
    }

    private Stream<Shape> upgrades() {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        return Stream.of(
                new Shape("h2c by upgrade", get("/api/open/a", upgrade + "X-WX-OPENID: forged\r\n")),
                new Shape(
                        "h2c by upgrade beside a token",
                        get("/api/a", authorization() + upgrade + "x_wx_openid: forged\r\n")),
                new Shape(
                        "h2c by upgrade, then a request of its own",
                        get("/api/open/a", upgrade) + preface + "\0\0\0\4\0\0\0\0\0"),
                new Shape("h2c by prior knowledge", preface + "\0\0\0\4\0\0\0\0\0"),
                new Shape("another protocol", get("/api/open/a", "Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n")),
                new Shape(
                        "a WebSocket without its key",
                        get("/api/open/talk", "Connection: Upgrade\r\nUpgrade: websocket\r\n")),
                new Shape(
                        "HTTP/1.0",
                        get("/api/open/a", "X-WX-OPENID: forged\r\n").replace("HTTP/1.1", "HTTP/1.0")),
                new Shape("HTTP/0.9", "GET /staff/a\r\n\r\n"),
                new Shape("HTTP/3.0", get("/api/open/a", "").replace("HTTP/1.1", "HTTP/3.0")),
                new Shape("no host", "GET /staff/a HTTP/1.1\r\nConnection: close\r\n\r\n"),
                new Shape("two hosts", get("/api/open/a", "Host: other.example\r\n")),
                new Shape("TRACE", get("/api/open/a", "X-A: b\r\n").replace("GET", "TRACE")),
                new Shape("CONNECT", get("staff.example:80", "").replace("GET", "CONNECT")),
                new Shape("an unknown method", get("/api/open/a", "").replace("GET", "STEAL")),
                new Shape("a method in small letters", get("/staff/a", "").replace("GET", "get")));
    }

    String authorization() {
        return "Authorization: Bearer " + this.token + "\r\n";
    }

    String get(String address, String headers) {
        String closing = headers.contains("Connection: ") ? "" : "Connection: close\r\n";
        return "GET " + address + " HTTP/1.1\r\nHost: shop.example\r\n" + closing + headers + "\r\n";
    }

    String post(String headers, String body) {
        return "POST /api/open/a HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }
}
