/** The page on which a person sees and moves the simulated WeChat. */
@NullMarked
package io.miniplane.simulator.page;

import org.jspecify.annotations.NullMarked;
