package io.miniplane.operator.objects;

import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;

/** What the operator watches of the cluster. */
public final class WatchScope {

    private WatchScope() {}

    /**
     * Whether each kind is watched once, for all namespaces or a single one. Watches of several namespaces share the store of a kind, and would empty
     * it of each other's objects: only without a store of our own each has one for itself.
     */
    public static boolean isOneWatch(EventSourceContext<?> context) {
        var scope = context.getControllerConfiguration().getInformerConfig();
        return scope.watchAllNamespaces() || scope.getNamespaces().size() == 1;
    }
}
