package io.miniplane.server.identity.infrastructure;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.identity.application.AccessTokens;
import io.miniplane.server.identity.application.EndedSessions;
import io.miniplane.server.identity.application.LogIn;
import io.miniplane.server.identity.application.LoginThrottle;
import io.miniplane.server.identity.application.RiskCheck;
import io.miniplane.server.identity.application.SessionRules;
import io.miniplane.server.identity.application.Sessions;
import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.WechatLogin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the login together with what limits it. */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    @Bean
    SessionRules sessionRules(IdentitySettings settings, LoginThrottleSettings throttle) {
        return new SessionRules(
                settings.refreshTokenLifetime(),
                settings.maxSessions(),
                throttle.enabled() ? throttle.userLogins() : Integer.MAX_VALUE - 1,
                throttle.userWindow());
    }

    @Bean
    LoginThrottle loginThrottle(LoginThrottleSettings settings) {
        return settings.enabled() ? new AddressThrottle(settings) : origin -> {};
    }

    @Bean
    RiskCheck riskCheck(RiskRanks ranks, RiskSettings settings, MeterRegistry meters) {
        return new RiskCheck(ranks, settings.rule(), new RiskCounter(meters));
    }

    @Bean
    LogIn logIn(
            LoginThrottle throttle,
            WechatLogin wechat,
            RiskCheck risk,
            Sessions sessions,
            EndedSessions ended,
            AccessTokens tokens) {
        return new LogIn(
                throttle, wechat, risk, sessions, ended, tokens, Generators.timeBasedEpochRandomGenerator()::generate);
    }
}
