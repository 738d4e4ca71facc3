/** Brings rows that are encrypted with an older key under the primary one, so that the older key can go. */
@NullMarked
package io.miniplane.server.platform.reencryption;

import org.jspecify.annotations.NullMarked;
