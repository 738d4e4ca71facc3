package io.miniplane.overstep.there;

/** A type of a module that others may not know. */
public class Closed {}
