package io.miniplane.simulator.pay;

import io.miniplane.simulator.security.KeyMaker;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys by which WeChat Pay signs: a public key, and platform certificates that follow each other. Made when first asked for. */
public final class PayKeys {

    private final InstantSource clock;
    private final AtomicInteger turn = new AtomicInteger();
    private final List<PayKey> certified = new ArrayList<>();
    private @Nullable PayKey bare;
    private PayMode mode = PayMode.PUBLIC_KEY;

    PayKeys(InstantSource clock) {
        this.clock = clock;
    }

    /** The id of the public key. */
    public String publicKeyId() {
        return bare().id();
    }

    /** The public key as PEM. */
    public String publicKeyPem() {
        return KeyMaker.pem("PUBLIC KEY", bare().publicKey().getEncoded());
    }

    /** Chooses by what merchants know WeChat Pay from now on. */
    public synchronized void mode(PayMode chosen) {
        mode = chosen;
    }

    /** By what merchants know WeChat Pay. */
    public synchronized PayMode mode() {
        return mode;
    }

    /** A new platform certificate signs from now on; those before it are valid still. Its serial. */
    public synchronized String rotate() {
        newest();
        certified.add(PayKey.certified(clock.instant()));
        return newest().id();
    }

    /** Only the newest platform certificate is valid from now on. */
    public synchronized void retire() {
        PayKey newest = newest();
        certified.removeIf(key -> !key.equals(newest));
    }

    /** The serials of the valid platform certificates, the oldest first. */
    public synchronized List<String> serials() {
        return certificates().stream().map(PayKey::id).toList();
    }

    /** The newest platform certificate. */
    public X509Certificate certificate() {
        PayKey newest = newest();
        if (newest.certificate() == null) {
            throw new IllegalStateException("A platform certificate is missing");
        }
        return newest.certificate();
    }

    synchronized void use(PayKey publicKey) {
        bare = publicKey;
    }

    synchronized List<PayKey> certificates() {
        newest();
        return List.copyOf(certified);
    }

    /** The key that a request asks for by this id; empty when there is none in this mode. */
    synchronized Optional<PayKey> named(String id) {
        Stream<PayKey> keys =
                switch (mode) {
                    case PUBLIC_KEY -> Stream.of(bare());
                    case CERTIFICATE -> certificates().stream();
                    case BOTH -> Stream.concat(Stream.of(bare()), certificates().stream());
                };
        return keys.filter(key -> key.id().equals(id)).findFirst();
    }

    /** The key of answers to requests that ask for none. */
    synchronized PayKey usual() {
        return mode == PayMode.PUBLIC_KEY ? bare() : newest();
    }

    /** The key of the next notification: in turn the one and the other while merchants know both. */
    synchronized PayKey ofNotice() {
        return mode == PayMode.BOTH && turn.getAndIncrement() % 2 == 0 ? bare() : usual();
    }

    private synchronized PayKey bare() {
        if (bare == null) {
            bare = PayKey.bare();
        }
        return bare;
    }

    private synchronized PayKey newest() {
        if (certified.isEmpty()) {
            certified.add(PayKey.certified(clock.instant()));
        }
        return certified.getLast();
    }
}
