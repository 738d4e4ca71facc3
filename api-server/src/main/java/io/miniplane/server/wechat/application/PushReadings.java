package io.miniplane.server.wechat.application;

import io.miniplane.server.wechat.application.PushRecords.Kept;
import io.miniplane.server.wechat.domain.PushTree;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Says once each, in the log, which of the forms WeChat uses that its documentation leaves open; all of them are taken. */
final class PushReadings {

    private static final Logger LOG = LogManager.getLogger(PushReadings.class);
    private static final int DOCUMENTED_DELIVERIES = 3;

    private final Set<String> met = ConcurrentHashMap.newKeySet();

    void noteRequest(PushParameters parameters, boolean isEncrypted) {
        if (isEncrypted) {
            say(
                    parameters.signature() == null
                            ? "encrypted pushes without a signature of the address"
                            : "encrypted pushes with both signatures");
        }
    }

    void noteMessage(PushTree message) {
        say(message.isQuoted("CreateTime") ? "CreateTime as text" : "CreateTime as a number");
        noteList(message);
        Stream.of("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent")
                .forEach(field -> noteList(message.tree(field)));
    }

    private void noteList(PushTree holder) {
        if (holder.has("List")) {
            say(holder.isList("List") ? "List as a list" : "List as a single object");
        }
    }

    void noteDelivery(Kept kept) {
        if (kept.deliveries() > 1) {
            say(
                    kept.requests() > 1
                            ? "pushes that come again with the timestamp and nonce of the first time"
                            : "pushes that come again with a timestamp and nonce of their own");
        }
        if (kept.deliveries() > DOCUMENTED_DELIVERIES) {
            say("pushes that come a fourth time");
        }
    }

    private void say(String reading) {
        if (met.add(reading)) {
            LOG.info("WeChat sends {}", reading);
        }
    }
}
