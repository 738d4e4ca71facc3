package io.miniplane.server.identity.infrastructure;

import io.miniplane.server.identity.application.LoginThrottle;
import io.miniplane.server.platform.ClientOrigin;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.TokenBuckets;
import java.time.Duration;

/** A bucket of attempts for each address. */
final class AddressThrottle implements LoginThrottle {

    private static final ErrorCode TOO_MANY_ATTEMPTS = new ErrorCode(42904);

    private final TokenBuckets attempts;

    AddressThrottle(LoginThrottleSettings settings) {
        int burst = settings.addressBurst();
        attempts = new TokenBuckets(burst, settings.addressInterval().multipliedBy(burst), settings.addresses());
    }

    @Override
    public void admit(ClientOrigin origin) {
        Duration wait = attempts.take(origin.network());
        if (!wait.isZero()) {
            throw new Failure(TOO_MANY_ATTEMPTS, wait, null);
        }
    }
}
