package io.miniplane.server.platform.events;

/**
 * An event as a broker delivered it.
 *
 * @param position its place in the outbox
 * @param event without its data, which the outbox has under the keys of today
 * @param receipt acknowledges it, from any thread and in any order, without blocking; nothing happens where the connection is gone
 */
record Delivery(long position, DomainEvent event, Runnable receipt) {

    void acknowledge() {
        receipt.run();
    }

    @Override
    public String toString() {
        return "Delivery[" + position + " " + event + "]";
    }
}
