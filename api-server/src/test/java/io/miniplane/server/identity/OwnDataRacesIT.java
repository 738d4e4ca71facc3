package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.crypto.BlindIndex;
import io.miniplane.server.platform.crypto.FieldCipher;
import io.miniplane.server.platform.crypto.FieldLocation;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.WechatData;
import io.miniplane.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What happens to one account at one time, on two servers. */
class OwnDataRacesIT {

    private static final String PHONE = Api.ME + "/phone";

    private static Backend backend;
    private static Api one;
    private static Api other;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        one = backend.startServer();
        other = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @RepeatedTest(5)
    void ofManyPhonesBoundAtOnceOneStaysWhole() {
        String openId = backend.newOpenId();
        Tokens login = one.logIn(backend.loginCode(openId));
        List<CompletableFuture<Answer>> bindings = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            Api server = i % 2 == 0 ? one : other;
            bindings.add(server.start("PUT", PHONE, login.token(), phone(openId, "138000000" + i)));
        }
        assertThat(bindings.stream().map(binding -> binding.join().status())).containsOnly(200);

        Map<String, Object> row = row(login);
        FieldLocation at = new FieldLocation("users", "phone", UUID.fromString(login.userId()));
        String bound = one.context().getBean(FieldCipher.class).decrypt(at, (byte[]) row.get("phone"));
        assertThat(bound).startsWith("+86 138000000");
        assertThat((byte[]) row.get("phone_index"))
                .isEqualTo(one.context().getBean(BlindIndex.class).of("users", "phone", bound));
        String last = bound.substring(bound.length() - 4);
        assertThat(one.me(login.token()).data().path("phone").asString()).isEqualTo("138****" + last);
    }

    @RepeatedTest(10)
    void ofAnAccountThatIsDeletedWhileItGetsPersonalDataNothingPersonalStays() {
        String openId = backend.newOpenId();
        Tokens login = one.logIn(backend.loginCode(openId));
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 10; i < 20; i++) {
            Api server = i % 2 == 0 ? one : other;
            calls.add(server.start("PUT", PHONE, login.token(), phone(openId, "138000000" + i)));
            calls.add(server.start("PUT", Api.ME, login.token(), Map.of("nickname", "Band")));
            if (i == 14) {
                calls.add(one.start("DELETE", Api.ME, login.token(), null));
            }
            calls.add(server.start("POST", Api.LOGIN, null, Map.of("code", backend.loginCode(openId))));
        }
        assertThat(calls.stream().map(call -> call.join().status()))
                .allSatisfy(status -> assertThat(status).isIn(200, 400, 401));
        Map<String, Object> row = row(login);
        assertThat(row.get("deleted_at")).isNotNull();
        for (String column : new String[] {"openid", "nickname", "phone", "phone_index", "phone_bound_at"}) {
            assertThat(row.get(column)).as(column).isNull();
        }
        assertThat(backend.rows("SELECT session_key, client FROM sessions WHERE user_id = '" + login.userId() + "'"))
                .allSatisfy(session -> assertThat(session.values()).containsOnlyNulls());
    }

    private static Map<String, String> phone(String openId, String number) {
        String key = backend.simulator()
                .control()
                .liveSessionKey(SimulatorOptions.TRIAL_APP_ID, openId)
                .orElseThrow();
        return new WechatData(key)
                .encrypt(WechatData.watermarked(Map.of("purePhoneNumber", number, "countryCode", "86"), Instant.now()));
    }

    private static Map<String, Object> row(Tokens tokens) {
        return backend.rows("SELECT * FROM users WHERE id = '" + tokens.userId() + "'")
                .getFirst();
    }
}
