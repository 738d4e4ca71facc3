package io.miniplane.server.platform.crypto;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the keysets are.
 *
 * @param directory holds {@code data.json}, {@code index.json} and {@code jwt.json}
 * @param poll how often the files are looked at for a change, 100 ms or more
 */
@Validated
@ConfigurationProperties("miniplane.keys")
record CryptoSettings(
        @DefaultValue("./keys") Path directory,

        @DurationMin(millis = 100, message = "set it to 100ms or more") @DefaultValue("2s")
        Duration poll) {}
