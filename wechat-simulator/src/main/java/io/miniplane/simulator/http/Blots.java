package io.miniplane.simulator.http;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Blots secrets and personal data out of what is remembered of calls. */
final class Blots {

    private static final String BLOT = "***";
    private static final Set<String> BLOTTED = Set.of(
            "access_token",
            "secret",
            "appsecret",
            "code",
            "js_code",
            "signature",
            "session_key",
            "encrypted_msg_hash",
            "mobile_no",
            "email_address",
            "client_ip",
            "consignor_contact",
            "receiver_contact",
            "data");

    private Blots() {}

    static String url(Call call) {
        return call.query().isEmpty() ? call.path() : call.path() + "?" + query(call.query());
    }

    private static String query(Map<String, String> query) {
        return new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + (BLOTTED.contains(entry.getKey()) ? BLOT : entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** What is no JSON might be anything, so all of it goes. */
    static String body(String body) {
        if (body.isBlank()) {
            return "";
        }
        try {
            JsonNode tree = Json.parse(body);
            blot(tree);
            return tree.isContainer() ? tree.toString() : BLOT;
        } catch (JacksonException unreadable) {
            return BLOT;
        }
    }

    private static void blot(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                BLOTTED.stream().filter(object::has).forEach(name -> object.put(name, BLOT));
                object.values().forEach(Blots::blot);
            }
            case ArrayNode array -> array.values().forEach(Blots::blot);
            default -> {}
        }
    }
}
