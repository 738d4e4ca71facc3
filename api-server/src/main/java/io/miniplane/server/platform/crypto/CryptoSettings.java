package io.miniplane.server.platform.crypto;

import jakarta.validation.constraints.NotNull;
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
        @NotNull @DefaultValue("./keys") Path directory,
        @NotNull @DurationMin(millis = 100) @DefaultValue("2s") Duration poll) {}
