package io.miniplane.server.inventory.web;

import io.miniplane.server.inventory.domain.Offer;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.MaxCharacters;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/** What staff says of a product; {@code price} is in fen. */
record ProductRequest(
        @NotNull(message = "missing")
        @MaxCharacters(max = Offer.NAME_LENGTH)
        @Pattern(
                regexp = "(?U)[^\\p{Cntrl}\\p{Cs}]*[^\\s\\p{Cntrl}\\p{Cs}][^\\p{Cntrl}\\p{Cs}]*",
                message = "not-readable")
        String name,

        @MaxCharacters(max = Offer.DESCRIPTION_LENGTH)
        @Pattern(regexp = "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\p{Cs}]*", message = "not-a-text")
        @Nullable
        String description,

        @NotNull(message = "missing")
        @Min(value = 1, message = "not-a-price")
        @Max(value = Offer.HIGHEST_PRICE, message = "not-a-price")
        Long price,

        @NotNull(message = "missing") Boolean published) {

    Offer offer() {
        return new Offer(name, description == null ? "" : description, new Fen(price), published);
    }
}
