package io.miniplane.server.identity.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.security.TokenVerifier;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Puts the sign-in of staff together, where there is one. */
@Configuration(proxyBeanMethods = false)
class StaffConfiguration {

    @Bean
    TokenVerifier tokenVerifier(VerifiedTokens users, StaffSettings settings, MeterRegistry meters) {
        StaffSettings.@Nullable SignIn staff = settings.staff();
        return staff == null
                ? token -> Mono.just(users.verify(token, TokenDigest.of(token)))
                : new TokensByIssuer(users, staffTokens(staff, meters));
    }

    private static StaffTokens staffTokens(StaffSettings.SignIn settings, MeterRegistry meters) {
        Clock clock = Clock.systemUTC();
        IssuerEndpoint endpoint = new IssuerEndpoint(settings.issuer(), settings.jwksUri());
        StaffTokenCheck check = new StaffTokenCheck(settings, new IssuerKeys(endpoint::keys, clock), clock);
        return new StaffTokens(settings.issuer(), check, new StaffVerifications(meters), clock);
    }
}
