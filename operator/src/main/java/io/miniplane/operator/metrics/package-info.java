/** The queue lengths of backends as external metrics, which autoscalers ask the API server for and the API server asks this operator for. */
@NullMarked
package io.miniplane.operator.metrics;

import org.jspecify.annotations.NullMarked;
