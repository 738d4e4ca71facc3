package io.miniplane.server.identity.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.security.TokenVerifier;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Puts the sign-in of staff together, where there is one. */
@Configuration(proxyBeanMethods = false)
class StaffConfiguration {

    private static final String CLASH =
            "set it to another iss than miniplane.identity.issuer, by which the tokens of users are told from those of staff";

    @Bean
    TokenVerifier tokenVerifier(
            VerifiedTokens users, StaffSettings settings, IdentitySettings own, MeterRegistry meters) {
        StaffSettings.@Nullable SignIn staff = settings.staff();
        if (staff != null && staff.issuer().equals(own.issuer())) {
            throw new InvalidConfigurationPropertyValueException("miniplane.staff.issuer", staff.issuer(), CLASH);
        }
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
