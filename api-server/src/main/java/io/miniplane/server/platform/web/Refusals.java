package io.miniplane.server.platform.web;

import io.miniplane.server.platform.ErrorCode;

/** The codes that the chain itself answers with. */
final class Refusals {

    static final ErrorCode BAD_REQUEST = new ErrorCode(40000);
    static final ErrorCode NO_TOKEN = new ErrorCode(40100);
    static final ErrorCode FORBIDDEN = new ErrorCode(40300);
    static final ErrorCode NOT_FOUND = new ErrorCode(40400);
    static final ErrorCode METHOD_NOT_ALLOWED = new ErrorCode(40500);
    static final ErrorCode NOT_ACCEPTABLE = new ErrorCode(40600);
    static final ErrorCode BODY_TOO_LARGE = new ErrorCode(41300);
    static final ErrorCode ADDRESS_TOO_LONG = new ErrorCode(41400);
    static final ErrorCode UNSUPPORTED_MEDIA_TYPE = new ErrorCode(41500);
    static final ErrorCode TOO_MANY_REQUESTS = new ErrorCode(42900);
    static final ErrorCode HEADERS_TOO_LARGE = new ErrorCode(43100);
    static final ErrorCode INTERNAL = new ErrorCode(50000);
    static final ErrorCode DATABASE_UNAVAILABLE = new ErrorCode(50302);

    private Refusals() {}
}
