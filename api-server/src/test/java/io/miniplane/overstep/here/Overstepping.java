package io.miniplane.overstep.here;

import io.miniplane.overstep.there.Closed;

/** Breaks a rule on purpose: knows a module that is not among the allowed. */
public class Overstepping {

    Closed closed;
}
