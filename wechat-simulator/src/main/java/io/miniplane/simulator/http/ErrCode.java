package io.miniplane.simulator.http;

/** The error codes of WeChat that the simulator gives by its own rules; faults can inject any other. */
public enum ErrCode {
    BUSY(-1, "system error"),
    INVALID_CREDENTIAL(40001, "invalid credential, access_token is invalid or not latest"),
    INVALID_GRANT_TYPE(40002, "invalid grant_type"),
    INVALID_OPENID(40003, "invalid openid"),
    INVALID_MEDIA_TYPE(40004, "invalid media type"),
    INVALID_APPID(40013, "invalid appid"),
    INVALID_ACCESS_TOKEN(40014, "invalid access_token"),
    INVALID_CODE(40029, "invalid code"),
    INVALID_ARGUMENTS(40097, "invalid args"),
    INVALID_SECRET(40125, "invalid appsecret"),
    INVALID_SCENE(40129, "invalid scene"),
    CODE_USED(40163, "code been used"),
    USER_BLOCKED(40226, "code blocked"),
    TOKEN_MISSING(41001, "access_token missing"),
    APPID_MISSING(41002, "appid missing"),
    SECRET_MISSING(41004, "appsecret missing"),
    CODE_MISSING(41008, "missing code"),
    TOKEN_EXPIRED(42001, "access_token expired"),
    GET_REQUIRED(43001, "require GET method"),
    POST_REQUIRED(43002, "require POST method"),
    APPID_MISMATCH(43104, "appid does not match the openid or has no permission"),
    EMPTY_BODY(44002, "empty post data"),
    DAILY_QUOTA(45009, "reach max api daily quota limit"),
    TOO_FREQUENT(45011, "api minute-quota reach limit, must slower, retry next minute"),
    UNPARSEABLE_BODY(47001, "data format error"),
    USER_INACTIVE(61010, "code is expired or the user was not active within 2 hours"),
    SESSION_KEY_MISSING(87007, "session_key is not existed or expired"),
    INVALID_SIG_METHOD(87008, "invalid sig_method"),
    INVALID_SIGNATURE(87009, "invalid signature"),
    UNUSABLE_MEDIA(87020, "invalid media_url");

    private final int code;
    private final String message;

    ErrCode(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /** The number that goes into {@code errcode}. */
    public int code() {
        return code;
    }

    /** The text that goes into {@code errmsg}, without the request id. */
    public String message() {
        return message;
    }
}
