package io.miniplane.server.inventory.application;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.inventory.application.StockChanges.Attempt;
import io.miniplane.server.inventory.application.StockChanges.Made;
import io.miniplane.server.inventory.domain.StockChange;
import io.miniplane.server.platform.ErrorCode;
import io.miniplane.server.platform.Failure;
import io.miniplane.server.platform.IdempotencyKey;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Puts goods in or takes them out on behalf of staff. What orders hold stays. */
public final class ChangeStock {

    private static final ErrorCode TOO_FEW = new ErrorCode(40951);
    private static final ErrorCode KEPT_ELSEWHERE = new ErrorCode(40952);

    private final StockChanges changes;
    private final Supplier<UUID> ids;
    private final boolean isOurs;

    /**
     * @param ids makes UUIDs of version 7
     * @param isOurs whether the stock is ours to change
     */
    public ChangeStock(StockChanges changes, Supplier<UUID> ids, boolean isOurs) {
        this.changes = changes;
        this.ids = ids;
        this.isOurs = isOurs;
    }

    /**
     * Changes the stock of a product.
     *
     * @return the change, or the one that was made under this key before, or a failure: 40450 where there is no such product, 40951 where fewer are
     *     available than shall be taken out, 40952 where a service of the team keeps the stock, 40930 where the key was used for something else
     */
    public Mono<Made> change(ProductId product, StockChange change, Asked asked) {
        return isOurs
                ? changes.make(ids.get(), product, change, asked).flatMap(attempt -> made(attempt, asked))
                : Mono.error(() -> new Failure(KEPT_ELSEWHERE));
    }

    private Mono<Made> made(Attempt attempt, Asked asked) {
        Made made = attempt.made();
        if (made != null) {
            return Mono.just(made);
        }
        if (!attempt.found()) {
            return Mono.error(ReadProduct.noSuchProduct());
        }
        IdempotencyKey key = asked.key();
        Mono<Made> before = key == null ? Mono.empty() : changes.made(asked).map(known -> same(key, known));
        return before.switchIfEmpty(Mono.error(() -> new Failure(TOO_FEW)));
    }

    private static Made same(IdempotencyKey key, Made before) {
        key.requireSame(String.valueOf(before.digest()));
        return before;
    }
}
