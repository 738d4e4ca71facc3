/** Breaks its bounds on purpose. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package io.miniplane.overstep.here;
