package io.miniplane.server.wechat.application;

import io.miniplane.server.wechat.domain.PushSignature;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What pushes have to keep to.
 *
 * @param signature made with the token
 * @param cipher null where no key was agreed on
 * @param mustBeEncrypted whether a push in the clear is refused
 * @param maxSkew how far its time may be from ours
 */
public record PushRules(
        PushSignature signature, @Nullable PushCipher cipher, boolean mustBeEncrypted, Duration maxSkew) {}
