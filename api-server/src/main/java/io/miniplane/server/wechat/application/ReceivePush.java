package io.miniplane.server.wechat.application;

import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.DomainEvent.Aggregate;
import io.miniplane.server.platform.events.Traceparent;
import io.miniplane.server.wechat.application.PushRecords.Fingerprint;
import io.miniplane.server.wechat.application.PushRecords.Kept;
import io.miniplane.server.wechat.domain.PushKind;
import io.miniplane.server.wechat.domain.PushRefusal;
import io.miniplane.server.wechat.domain.PushRefusal.Reason;
import io.miniplane.server.wechat.domain.PushTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Takes what WeChat pushes: checks it, keeps it once however often it comes, and leaves the rest to the handlers. */
public final class ReceivePush {

    private static final String AGGREGATE = "wechat-push";
    private static final String ENCRYPTED = "Encrypt";

    private final PushRules rules;
    private final PushBodies bodies;
    private final PushRecords records;
    private final Set<PushKind> wanted;
    private final InstantSource clock;
    private final PushReadings readings = new PushReadings();

    /** @param wanted the kinds for which there is a handler */
    public ReceivePush(
            PushRules rules, PushBodies bodies, PushRecords records, Set<PushKind> wanted, InstantSource clock) {
        this.rules = rules;
        this.bodies = bodies;
        this.records = records;
        this.wanted = Set.copyOf(wanted);
        this.clock = clock;
    }

    /**
     * Lets an address in that WeChat signed a short while ago, before its body is read.
     *
     * @throws PushRefusal when it did not
     */
    public void admit(PushParameters parameters) {
        if (parameters.signature() != null
                && !rules.signature().isRight(parameters.signature(), parameters.timestamp(), parameters.nonce())) {
            throw Reason.BAD_SIGNATURE.refusal();
        }
        long skew = Math.abs(clock.instant().getEpochSecond() - parameters.seconds());
        if (skew > rules.maxSkew().toSeconds()) {
            throw Reason.STALE.refusal(rules.maxSkew().toSeconds());
        }
    }

    /** Lets the check of the address in that WeChat makes when it is entered; that one has to be signed in the old way. */
    public void admitCheck(PushParameters parameters) {
        if (parameters.signature() == null) {
            throw Reason.BAD_SIGNATURE.refusal();
        }
        admit(parameters);
    }

    /** Takes the body of an address that was let in; a {@link PushRefusal} when it is not what it should be. */
    public Mono<Outcome> receive(PushParameters parameters, byte[] body) {
        return Mono.deferContextual(context -> {
            PushTree outer = bodies.read(body);
            boolean isEncrypted = outer.has(ENCRYPTED) && !outer.text(ENCRYPTED).isEmpty();
            PushTree message = isEncrypted ? opened(parameters, outer.text(ENCRYPTED)) : inTheClear(parameters, outer);
            if (message.text("MsgType").isEmpty()) {
                throw Reason.MALFORMED.refusal();
            }
            readings.noteRequest(parameters, isEncrypted);
            readings.noteMessage(message);
            return records.keep(
                            fingerprint(parameters, isEncrypted, message),
                            event(message).within(Traceparent.of(context)))
                    .map(kept -> outcome(kept, PushKind.of(message)));
        });
    }

    private PushTree opened(PushParameters parameters, String encrypted) {
        PushCipher cipher = rules.cipher();
        if (cipher == null) {
            throw Reason.NO_KEY.refusal();
        }
        if (!rules.signature()
                .isRight(parameters.messageSignature(), parameters.timestamp(), parameters.nonce(), encrypted)) {
            throw Reason.BAD_SIGNATURE.refusal();
        }
        return bodies.read(cipher.decrypt(encrypted).getBytes(StandardCharsets.UTF_8));
    }

    private PushTree inTheClear(PushParameters parameters, PushTree message) {
        if (rules.mustBeEncrypted()) {
            throw Reason.NOT_ENCRYPTED.refusal();
        }
        if (parameters.signature() == null) {
            throw Reason.BAD_SIGNATURE.refusal();
        }
        return message;
    }

    private Outcome outcome(Kept kept, PushKind kind) {
        if (!kept.isOwn()) {
            throw Reason.REPLAYED.refusal();
        }
        readings.noteDelivery(kept);
        if (kept.deliveries() > 1) {
            return Outcome.DUPLICATE;
        }
        if (wanted.contains(kind)) {
            return Outcome.ACCEPTED;
        }
        return kind == PushKind.UNKNOWN ? Outcome.UNKNOWN : Outcome.UNHANDLED;
    }

    private static DomainEvent event(PushTree message) {
        String id = DomainEvent.newId().toString();
        return DomainEvent.of(PushKind.of(message).eventType(), new Aggregate(AGGREGATE, id), message.json())
                .personal();
    }

    /**
     * In the clear the signature does not cover the body, so timestamp and nonce serve once; otherwise they are part of a signature that does. Messages
     * have a number of their own, events have nothing but what they say.
     */
    private static Fingerprint fingerprint(PushParameters parameters, boolean isEncrypted, PushTree message) {
        String request = isEncrypted
                ? "signature|" + parameters.messageSignature()
                : "nonce|" + parameters.timestamp() + "|" + parameters.nonce();
        String canonical = message.canonical();
        String number = message.text("MsgId");
        boolean isNumbered = !PushKind.isEvent(message) && !number.isEmpty();
        return new Fingerprint(
                hash(request), hash(isNumbered ? "message|" + number : "content|" + canonical), hash(canonical));
    }

    private static ByteBuffer hash(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came of a push that was taken. */
    public enum Outcome {
        /** It is on its way to its handlers. */
        ACCEPTED,
        /** It came before. */
        DUPLICATE,
        /** It is kept, but there is no handler for its kind. */
        UNHANDLED,
        /** It is kept, but of no known kind. */
        UNKNOWN
    }
}
