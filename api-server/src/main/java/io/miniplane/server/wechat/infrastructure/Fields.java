package io.miniplane.server.wechat.infrastructure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making, in which what is null is left out. */
final class Fields {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    static Fields with(String name, @Nullable Object value) {
        return new Fields().and(name, value);
    }

    Fields and(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value instanceof Fields nested ? nested.fields : value);
        }
        return this;
    }

    Map<String, Object> map() {
        return fields;
    }
}
