package io.miniplane.server.inventory;

import io.miniplane.server.platform.events.EventHandler.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * The goods that orders hold. An order holds all of its lines or none. Each act can be repeated: it has one effect, and the answer of a repetition is
 * that of the first time as long as nothing happened to the order in between. The acts of one order may come in any order.
 *
 * <p>An error means that nothing is known of the act, and that it shall be repeated.
 *
 * <p>Where {@link #effect} is {@link Effect#DATABASE}, an act within a transaction is part of it, and keeps the counts of these products locked until
 * its end. Call it before rows of your own are locked.
 */
public interface Inventory {

    /**
     * Reserves goods for an order, for {@code miniplane.inventory.reservation-time} at most: what is neither sold nor given back by then returns to
     * the stock. Lines of the same product are added up.
     *
     * @param order the id of the order
     * @param lines one or more
     */
    Mono<Taking> take(UUID order, List<Line> lines);

    /**
     * Returns to the stock what an order holds, be it reserved or sold, for goods that have not left. From then on the order can hold nothing, even
     * if it never held anything.
     */
    Mono<Void> giveBack(UUID order);

    /** Makes the reservation of an order a sale, which does not expire. */
    Mono<Sale> sell(UUID order);

    /** After which time goods that were neither sold nor given back return to the stock. */
    Duration reservationTime();

    /** Where the goods are counted: in our database, or elsewhere and so outside any transaction. */
    Effect effect();

    /** What came of {@link #take}. */
    sealed interface Taking {

        /** The order holds its goods, or held them already. */
        record Taken() implements Taking {}

        /**
         * There is not enough, and the order holds nothing.
         *
         * @param products of which there is not enough, one or more of the lines
         */
        record Refused(Set<ProductId> products) implements Taking {

            /** Takes the products as they are now. */
            public Refused {
                products = Set.copyOf(products);
            }
        }

        /** The goods of this order were given back, before or after they were taken, and it holds nothing. */
        record Closed() implements Taking {}
    }

    /** What came of {@link #sell}. */
    sealed interface Sale {

        /**
         * The goods are the buyer's. The reservation may have expired before: then they were still there and were taken anew.
         */
        record Sold() implements Sale {}

        /**
         * The reservation had expired and the goods went to others. The order holds nothing: whoever paid for it gets the money back.
         *
         * @param products of which there is not enough, one or more
         */
        record Gone(Set<ProductId> products) implements Sale {

            /** Takes the products as they are now. */
            public Gone {
                products = Set.copyOf(products);
            }
        }

        /** The order never held anything, or its goods were refused or given back. */
        record NothingHeld() implements Sale {}
    }
}
