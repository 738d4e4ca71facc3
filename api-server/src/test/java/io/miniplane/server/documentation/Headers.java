package io.miniplane.server.documentation;

import tools.jackson.databind.node.ObjectNode;

/** References to the headers of answers that {@code miniplane.yaml} describes. */
final class Headers {

    private Headers() {}

    static void add(ObjectNode headers, String name) {
        add(headers, name, name);
    }

    static void add(ObjectNode headers, String name, String described) {
        headers.putObject(name).put("$ref", "#/components/headers/" + described);
    }
}
