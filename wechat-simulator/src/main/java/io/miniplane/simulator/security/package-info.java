/** Opens encrypted and signed calls, and encrypts and signs their answers. */
@NullMarked
package io.miniplane.simulator.security;

import org.jspecify.annotations.NullMarked;
