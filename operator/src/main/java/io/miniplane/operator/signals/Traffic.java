package io.miniplane.operator.signals;

/**
 * The traffic of a backend.
 *
 * @param qps requests per second over all pods that could be read
 * @param complete whether all could be read; else there may be more traffic
 */
record Traffic(double qps, boolean complete) {}
