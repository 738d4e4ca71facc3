package io.miniplane.simulator.push;

import tools.jackson.databind.JsonNode;

/** Writes a message in the XML of WeChat: one element per field, texts in CDATA, lists as repeated elements. */
final class PushXml {

    private PushXml() {}

    static String write(JsonNode message) {
        StringBuilder xml = new StringBuilder("<xml>");
        String wrapper = wrapperOfLists(message.path("Event").stringValue(""));
        for (var field : message.properties()) {
            boolean wrapped = field.getKey().equals("List") && !wrapper.isEmpty();
            xml.append(wrapped ? "<" + wrapper + ">" : "");
            write(xml, field.getKey(), field.getValue());
            xml.append(wrapped ? "</" + wrapper + ">" : "");
        }
        return xml.append("</xml>").toString();
    }

    /** The subscription events nest their lists once more than their JSON does. */
    private static String wrapperOfLists(String event) {
        return switch (event) {
            case "subscribe_msg_popup_event" -> "SubscribeMsgPopupEvent";
            case "subscribe_msg_change_event" -> "SubscribeMsgChangeEvent";
            case "subscribe_msg_sent_event" -> "SubscribeMsgSentEvent";
            default -> "";
        };
    }

    private static void write(StringBuilder xml, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> write(xml, name, element));
            return;
        }
        xml.append('<').append(name).append('>');
        if (value.isObject()) {
            value.properties().forEach(field -> write(xml, field.getKey(), field.getValue()));
        } else if (value.isString()) {
            xml.append("<![CDATA[")
                    .append(value.stringValue().replace("]]>", "]]]]><![CDATA[>"))
                    .append("]]>");
        } else if (!value.isNull()) {
            xml.append(value.asString());
        }
        xml.append("</").append(name).append('>');
    }
}
