package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.domain.PushTree;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a push in XML. Document types and all entities but the five of XML itself are refused, so nothing is fetched and nothing expands. */
final class XmlPush {

    private XmlPush() {}

    static PushTree read(String xml) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            try {
                return document(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException notXml) {
            throw ReadPushBodies.malformed();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private static PushTree document(XMLStreamReader reader) throws XMLStreamException {
        int event = next(reader);
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = next(reader);
        }
        if (!(element(reader, 1) instanceof PushTree tree)) {
            throw ReadPushBodies.malformed();
        }
        while (reader.hasNext()) {
            next(reader);
        }
        return tree;
    }

    private static int next(XMLStreamReader reader) throws XMLStreamException {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD
                || event == XMLStreamConstants.ENTITY_REFERENCE
                || event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            throw ReadPushBodies.malformed();
        }
        return event;
    }

    /** Fields where there are elements inside, else text; an element that is there more than once becomes a list. */
    private static Object element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > ReadPushBodies.DEEPEST) {
            throw ReadPushBodies.malformed();
        }
        StringBuilder text = new StringBuilder();
        Map<String, List<Object>> inside = new LinkedHashMap<>();
        int event = next(reader);
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = reader.getLocalName();
                inside.computeIfAbsent(name, key -> new ArrayList<>()).add(element(reader, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
            event = next(reader);
        }
        return inside.isEmpty() ? text.toString() : tree(inside, text);
    }

    private static PushTree tree(Map<String, List<Object>> inside, CharSequence text) {
        if (!text.toString().isBlank()) {
            throw ReadPushBodies.malformed();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        inside.forEach(
                (name, values) -> fields.put(name, values.size() == 1 ? values.getFirst() : List.copyOf(values)));
        return new PushTree(fields);
    }
}
