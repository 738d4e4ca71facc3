package io.miniplane.server.platform;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which part of a list a caller asks for. Lists run from the newest to the oldest id, so what is added meanwhile moves nothing.
 *
 * @param limit how many rows at most, 1 to {@value #MOST}
 * @param after the id of the last row of the part before, or null for the first part
 */
public record Paging(int limit, @Nullable UUID after) {

    /** How many rows a part has where the caller does not say. */
    public static final int USUAL = 20;

    /** The most rows of a part. */
    public static final int MOST = 100;

    private static final ErrorCode WRONG_LIMIT = new ErrorCode(40040);
    private static final ErrorCode WRONG_CURSOR = new ErrorCode(40041);
    private static final int UUID_BYTES = 16;
    private static final int TIME_ORDERED = 7;

    /** @throws Failure 40040 when the limit is out of range */
    public Paging {
        if (limit < 1 || limit > MOST) {
            throw new Failure(WRONG_LIMIT, MOST);
        }
    }

    /**
     * What the parameters {@code limit} and {@code after} of a request say.
     *
     * @throws Failure 40040 when the limit is no number of its range, 40041 when the cursor is none of ours
     */
    public static Paging of(ServerRequest request) {
        return of(limit(request), request.queryParam("after").orElse(null));
    }

    /**
     * What the parameter {@code limit} of a request says, for a list whose cursor is no id.
     *
     * @throws Failure 40040 when it is no number of its range
     */
    public static int limit(ServerRequest request) {
        Integer limit = request.queryParam("limit").map(Paging::number).orElse(null);
        return of(limit, null).limit();
    }

    /**
     * What a body says; null where it does not.
     *
     * @throws Failure 40040 when the limit is out of range, 40041 when the cursor is none of ours
     */
    public static Paging of(@Nullable Integer limit, @Nullable String after) {
        return new Paging(limit == null ? USUAL : limit, after == null ? null : id(after));
    }

    /** How many rows to read, one more than to show: it tells whether there are more. */
    public int toRead() {
        return limit + 1;
    }

    /** The part to answer with, out of the rows that were read. */
    public <T, R> Page<R> page(List<T> rows, Function<T, UUID> id, Function<T, R> shown) {
        List<T> part = rows.size() > limit ? rows.subList(0, limit) : rows;
        String next = rows.size() > limit ? cursor(id.apply(part.getLast())) : null;
        return new Page<>(part.stream().map(shown).toList(), next);
    }

    private static int number(String limit) {
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw new Failure(WRONG_LIMIT, MOST);
        }
    }

    private static String cursor(UUID id) {
        byte[] bytes = ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static UUID id(String cursor) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            UUID id = bytes.remaining() == UUID_BYTES ? new UUID(bytes.getLong(), bytes.getLong()) : null;
            if (id != null && id.version() == TIME_ORDERED && cursor(id).equals(cursor)) {
                return id;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new Failure(WRONG_CURSOR);
        }
        throw new Failure(WRONG_CURSOR);
    }

    /**
     * A part of a list.
     *
     * @param items its rows
     * @param next what to ask for {@code after} to get the next part, or null where this is the last
     * @param <T> what a row shows
     */
    public record Page<T>(List<T> items, @Nullable String next) {}
}
