/** The switchboard by which tests and trials make users and codes, move the clock and inject faults. */
@NullMarked
package io.miniplane.simulator.control;

import org.jspecify.annotations.NullMarked;
