package io.miniplane.server.platform.reencryption;

import io.miniplane.server.platform.crypto.LoadedKeys;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How workers bring old rows under a new primary key.
 *
 * @param enabled false where rows shall stay under the key that they were written with
 * @param batch how many rows are rewritten before a pause, 1 to 10000
 * @param pause the rest between two batches, which bounds the load on the database
 * @param check how often a worker looks whether the primary keys have changed; make it a good deal shorter than {@code settle}
 * @param settle how long workers must agree on new primary keys before the first row is rewritten: longer than it takes until every replica
 *     has loaded them, for one that has not still writes under the old key
 * @param lease how long a worker that falls silent keeps others from going on with its table
 * @param recheck after which time a finished table is read through again
 * @param recheckWithOldKeys the same while an older key is still in a keyset: it may go only after a pass that began when nobody wrote under it
 *     any more
 */
@Validated
@ConfigurationProperties("miniplane.keys.reencryption")
record ReencryptionSettings(
        @DefaultValue("true") boolean enabled,

        @Min(value = 1, message = "set it to 1 or more")
        @Max(value = 10_000, message = "set it to 10000 or less")
        @DefaultValue("200")
        int batch,

        @DurationMin(millis = 0, message = "set it to 0ms or more") @DefaultValue("100ms")
        Duration pause,

        @DurationMin(millis = 100, message = "set it to 100ms or more") @DefaultValue("10s")
        Duration check,

        @DurationMin(millis = 0, message = "set it to 0ms or more") @DefaultValue("2m")
        Duration settle,

        @DurationMin(seconds = 1, message = "set it to 1s or more") @DefaultValue("30s")
        Duration lease,

        @DurationMin(minutes = 1, message = "set it to 1m or more") @DefaultValue("24h")
        Duration recheck,

        @DurationMin(seconds = 1, message = "set it to 1s or more") @DefaultValue("20m")
        Duration recheckWithOldKeys) {

    /** After which time a finished table is read through again by a worker that has loaded these keys. */
    Duration recheck(List<LoadedKeys> loaded) {
        boolean hasOldKeys = loaded.stream()
                .anyMatch(keys -> PrimaryKeys.KEYSETS.contains(keys.keyset())
                        && keys.all().size() > 1);
        return hasOldKeys ? recheckWithOldKeys : recheck;
    }
}
