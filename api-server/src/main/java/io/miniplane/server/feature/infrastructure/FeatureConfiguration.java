package io.miniplane.server.feature.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.feature.application.AskFlags;
import io.miniplane.server.identity.UsersAtWechat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the use cases together with the flags. */
@Configuration(proxyBeanMethods = false)
class FeatureConfiguration {

    @Bean
    FlagdFlags flags(FeatureSettings settings, MeterRegistry registry) {
        FlagMeters meters = new FlagMeters(registry);
        FlagFile file = new FlagFile(settings, meters);
        return new FlagdFlags(file, new EvaluationNotes(file, meters));
    }

    @Bean
    AskFlags askFlags(FlagdFlags flags, UsersAtWechat users) {
        return new AskFlags(flags, users);
    }
}
