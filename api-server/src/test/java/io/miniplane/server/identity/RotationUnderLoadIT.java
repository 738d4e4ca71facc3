package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.KeysetHandle;
import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.platform.reencryption.ReencryptedTable;
import io.miniplane.server.platform.reencryption.Reencryption;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.SimulatorOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a backend with two servers change while its users go on. */
class RotationUnderLoadIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String WORK = "--miniplane.keys.reencryption.";
    private static final int USERS = 8;

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicInteger rounds = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, String> numbers = new ConcurrentHashMap<>();
    private Backend backend;
    private List<Api> servers;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        String[] settings = {
            WORK + "check=100ms", WORK + "settle=1s", WORK + "pause=5ms", WORK + "batch=5", WORK + "lease=2s"
        };
        servers = List.of(backend.startServer(settings), backend.startServer(settings));
    }

    @AfterEach
    void stop() {
        going.set(false);
        backend.close();
    }

    @Test
    void nothingIsLostAndEveryRowEndsUnderTheNewKeys() {
        KeysetHandle old = backend.keys().read("data");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int user = 0; user < USERS; user++) {
                String number = "1390000000" + user;
                threads.execute(() -> live(number));
            }
            awaitRounds(3);
            for (String keyset : List.of("data", "index")) {
                rotate(keyset);
            }
            awaitRounds(3);
            going.set(false);
        }
        assertThat(failures).isEmpty();
        assertThat(backend.keys().read("data").size()).isEqualTo(1);
        assertThat(backend.keys().primary("data"))
                .isNotEqualTo(Integer.toUnsignedLong(old.getPrimary().getId()));
        assertEveryRowIsUnderTheNewKeys();
        numbers.forEach((number, user) -> assertThat(found(number)).isEqualTo(user));
    }

    /** Introduced, primary, retired: each phase once both servers, or the rows, have come so far. */
    private void rotate(String keyset) {
        backend.keys().introduce(keyset);
        awaitLoaded(keyset, 2);
        backend.keys().promote(keyset);
        awaitComplete();
        backend.keys().retire(keyset);
        awaitLoaded(keyset, 1);
    }

    /** A user who logs in, writes a name, reads it at the other server and is found by phone, again and again. */
    private void live(String number) {
        try {
            String openId = backend.newOpenId();
            backend.simulator().control().putUser(openId, null, number, false);
            for (int round = 0; going.get(); round++) {
                Api one = servers.get(round % 2);
                Api other = servers.get((round + 1) % 2);
                round(one, other, openId, number, "Band " + number + " " + round);
                rounds.incrementAndGet();
            }
        } catch (RuntimeException | AssertionError e) {
            failures.add(e.toString());
        }
    }

    private void round(Api one, Api other, String openId, String number, String name) {
        Tokens login = one.logIn(backend.loginCode(openId));
        String code = backend.simulator().control().phoneCode(SimulatorOptions.TRIAL_APP_ID, openId);
        expectOk(one.call("PUT", Api.ME + "/phone", login.token(), Map.of("code", code)));
        numbers.put(number, login.userId());
        expectOk(one.call("PUT", Api.ME, login.token(), Map.of("nickname", name)));
        Answer read = expectOk(other.me(login.token()));
        assertThat(read.data().path("nickname").asString()).isEqualTo(name);
        assertThat(found(number)).isEqualTo(login.userId());
        expectOk(other.refresh(login.refreshToken()));
    }

    private static Answer expectOk(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer;
    }

    /** The user of a number, by the blind index as the second server has it. */
    private String found(String number) {
        String hashes =
                servers
                        .get(1)
                        .context()
                        .getBean(BlindIndex.class)
                        .candidates("users", "phone", "+86 " + number)
                        .stream()
                        .map(hash -> "'\\x" + HexFormat.of().formatHex(hash) + "'")
                        .collect(Collectors.joining(","));
        List<Map<String, Object>> rows = backend.rows("SELECT id FROM users WHERE phone_index IN (" + hashes + ")");
        return rows.stream().map(row -> String.valueOf(row.get("id"))).collect(Collectors.joining(" "));
    }

    private void awaitRounds(int each) {
        int until = rounds.get() + each * USERS;
        await().atMost(LONG).until(() -> rounds.get() >= until || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    private void awaitLoaded(String keyset, int keys) {
        await().atMost(LONG)
                .until(() -> servers.stream()
                        .flatMap(server -> server.context().getBean(Keysets.class).loaded().stream())
                        .filter(loaded -> loaded.keyset().equals(keyset))
                        .allMatch(loaded -> loaded.all().size() == keys));
    }

    private void awaitComplete() {
        long data = backend.keys().primary("data");
        long index = backend.keys().primary("index");
        await().atMost(LONG)
                .until(() -> servers.stream()
                        .flatMap(server -> server.context().getBean(Reencryption.class).tables().stream())
                        .allMatch(table -> isUnder(table, data, index)));
    }

    private static boolean isUnder(ReencryptedTable table, long data, long index) {
        return table.dataKey() == data && (table.indexKey() == 0 || table.indexKey() == index);
    }

    private void assertEveryRowIsUnderTheNewKeys() {
        int data = (int) backend.keys().primary("data");
        int index = (int) backend.keys().primary("index");
        assertThat(backend.rows("SELECT nickname, phone, phone_index FROM users"))
                .hasSize(USERS)
                .allSatisfy(row -> {
                    assertThat(keyOf(row.get("nickname"))).isEqualTo(data);
                    assertThat(keyOf(row.get("phone"))).isEqualTo(data);
                    assertThat(keyOf(row.get("phone_index"))).isEqualTo(index);
                });
        assertThat(backend.rows("SELECT session_key FROM sessions WHERE session_key IS NOT NULL"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(keyOf(row.get("session_key"))).isEqualTo(data));
    }

    private static int keyOf(Object made) {
        return ByteBuffer.wrap((byte[]) made, 1, 4).getInt();
    }
}
