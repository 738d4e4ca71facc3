package io.miniplane.server.platform.crypto;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CryptoConfiguration {

    @Bean
    Keysets keysets(CryptoSettings settings, KmsSettings kms, MeterRegistry meters) {
        return new Keysets(settings, KeysetEnvelope.of(kms), meters);
    }

    @Bean
    FieldCipher fieldCipher(Keysets keysets) {
        return keysets.fieldCipher();
    }

    @Bean
    BlindIndex blindIndex(Keysets keysets) {
        return keysets.blindIndex();
    }
}
