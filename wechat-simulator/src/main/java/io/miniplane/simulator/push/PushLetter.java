package io.miniplane.simulator.push;

import java.net.URI;

/**
 * A delivery as it goes over the wire.
 *
 * @param query the signed parameters
 * @param contentType of the body
 * @param body the text that is posted
 */
record PushLetter(String query, String contentType, String body) {

    /** The address with the signed parameters. */
    static URI uri(URI address, String query) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
    }
}
