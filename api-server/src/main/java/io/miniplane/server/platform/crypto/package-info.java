/** Keysets from mounted files, and what they are for: encrypting fields, indexing what is encrypted, signing tokens. */
@NullMarked
@NamedInterface("crypto")
package io.miniplane.server.platform.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
