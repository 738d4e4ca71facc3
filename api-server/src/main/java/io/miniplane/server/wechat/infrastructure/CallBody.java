package io.miniplane.server.wechat.infrastructure;

import java.util.List;
import java.util.Map;

/** What a POST sends. */
sealed interface CallBody {

    /**
     * A JSON object.
     *
     * @param fields its fields
     */
    record Json(Map<String, ?> fields) implements CallBody {}

    /**
     * An HTML form.
     *
     * @param fields name to values, not encoded
     */
    record Form(Map<String, List<String>> fields) implements CallBody {}

    /** Nothing at all. */
    record Empty() implements CallBody {}
}
