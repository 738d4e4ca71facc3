package io.miniplane.server.platform;

/**
 * A stable error code of the HTTP API: five digits, the HTTP status times 100 plus a number that tells cases of one status apart.
 *
 * @param value 40000 to 59999
 */
public record ErrorCode(int value) {

    /** @throws IllegalArgumentException when the value is not a client or server error */
    public ErrorCode {
        if (value < 40000 || value > 59999) {
            throw new IllegalArgumentException("An error code lies between 40000 and 59999: " + value);
        }
    }

    /** The HTTP status that says the class of the error, 400 to 599. */
    public int status() {
        return value / 100;
    }

    /** The key of its sentence in the message bundles. */
    public String messageKey() {
        return "error." + value;
    }
}
