/** What every module stands on and no business word: failures and their codes, HTTP rendering, security chain, crypto, settings. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.miniplane.server.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
