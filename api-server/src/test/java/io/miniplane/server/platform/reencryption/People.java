package io.miniplane.server.platform.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many users, written as a server writes them. */
record People(Backend backend, List<UUID> ids) {

    static People write(Backend backend, Api server, int count) {
        FieldCipher cipher = server.context().getBean(FieldCipher.class);
        BlindIndex index = server.context().getBean(BlindIndex.class);
        List<UUID> ids =
                IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
        backend.execute("INSERT INTO users (id, openid, nickname, phone, phone_index, phone_bound_at) VALUES "
                + ids.stream()
                        .map(id -> "('" + id + "', 'open-" + id + "', " + hex(cipher.encrypt(nickname(id), name(id)))
                                + ", " + hex(cipher.encrypt(phone(id), number(id))) + ", "
                                + hex(index.of("users", "phone", number(id))) + ", now())")
                        .collect(Collectors.joining(",")));
        return new People(backend, ids);
    }

    /** How many rows have each value that they shall have under one of these keys. */
    long under(long data, long index) {
        return backend.rows("SELECT nickname, phone, phone_index FROM users").stream()
                .filter(row -> keyOf((byte[]) row.get("nickname")) == data
                        && keyOf((byte[]) row.get("phone")) == data
                        && keyOf((byte[]) row.get("phone_index")) == index)
                .count();
    }

    /** Reads every row with what the server has now. */
    void assertReadableBy(Api server) {
        FieldCipher cipher = server.context().getBean(FieldCipher.class);
        BlindIndex index = server.context().getBean(BlindIndex.class);
        backend.rows("SELECT id, nickname, phone, phone_index FROM users").forEach(row -> {
            UUID id = (UUID) row.get("id");
            assertThat(cipher.decrypt(nickname(id), (byte[]) row.get("nickname")))
                    .isEqualTo(name(id));
            assertThat(cipher.decrypt(phone(id), (byte[]) row.get("phone"))).isEqualTo(number(id));
            assertThat(index.candidates("users", "phone", number(id)))
                    .anySatisfy(hash -> assertThat(hash).isEqualTo((byte[]) row.get("phone_index")));
        });
    }

    static long keyOf(byte[] made) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(made, 1, 4).getInt());
    }

    private static String hex(byte[] bytes) {
        return "'\\x" + HexFormat.of().formatHex(bytes) + "'";
    }

    private static FieldLocation nickname(UUID id) {
        return new FieldLocation("users", "nickname", id);
    }

    private static FieldLocation phone(UUID id) {
        return new FieldLocation("users", "phone", id);
    }

    private static String name(UUID id) {
        return "Band " + id;
    }

    private static String number(UUID id) {
        return "+86 1" + (id.hashCode() & 0x7fffffffL);
    }
}
