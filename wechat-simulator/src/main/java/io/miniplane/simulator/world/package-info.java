/** What the simulated WeChat knows and remembers: time, apps, users, codes, session keys and access tokens. */
@NullMarked
package io.miniplane.simulator.world;

import org.jspecify.annotations.NullMarked;
