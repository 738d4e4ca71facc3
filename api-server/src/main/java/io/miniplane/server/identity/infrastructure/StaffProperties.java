package io.miniplane.server.identity.infrastructure;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The settings that may be absent as a whole.
 *
 * @param staff how staff signs in; absent: staff cannot
 */
@Validated
@ConfigurationProperties("miniplane")
record StaffProperties(@Valid @Nullable StaffSettings staff) {}
