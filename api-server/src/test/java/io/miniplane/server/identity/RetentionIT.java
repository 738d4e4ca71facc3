package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.platform.events.Sweeper;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server only answers, so nothing is swept but by the test. */
class RetentionIT {

    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer("--miniplane.role=api");
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void sessionsAreForgottenAWeekAfterTheyEndedOrExpired() {
        Tokens stays = api.logIn(backend.loginCode());
        Tokens expired = api.logIn(backend.loginCode());
        Tokens ended = api.logIn(backend.loginCode());
        api.logOut(ended.token());
        set(expired, "refresh_expires_at = now() - interval '6 days 23 hours'");
        set(ended, "ended_at = now() - interval '6 days 23 hours'");
        sweepWhole();
        assertThat(sessions(stays) + sessions(expired) + sessions(ended)).isEqualTo(3);

        set(expired, "refresh_expires_at = now() - interval '7 days 1 minute'");
        set(ended, "ended_at = now() - interval '7 days 1 minute'");
        sweepWhole();
        assertThat(sessions(stays)).isOne();
        assertThat(sessions(expired) + sessions(ended)).isZero();
        assertThat(api.refresh(expired.refreshToken()).code()).isEqualTo(40105);
        assertThat(api.me(stays.token()).status()).isEqualTo(200);
    }

    @Test
    void noMoreAreForgottenAtOnceThanASweepMay() {
        Tokens login = api.logIn(backend.loginCode());
        backend.execute(
                "INSERT INTO sessions (id, user_id, refresh_selector_hash, refresh_secret_hash, refresh_expires_at)"
                        + " SELECT gen_random_uuid(), '" + login.userId()
                        + "', decode(md5(n::text), 'hex'), '', now() - interval '8 days'"
                        + " FROM generate_series(1, 50) n");
        sweep(20);
        assertThat(sessions(login)).isEqualTo(31);
        sweepWhole();
        assertThat(sessions(login)).isOne();
    }

    @Test
    void theAuditLogIsKeptFor400Days() {
        audit("audit.new", "399 days 23 hours");
        audit("audit.old", "400 days 1 minute");
        sweepWhole();
        assertThat(backend.rows("SELECT * FROM audit WHERE action = 'audit.new'"))
                .hasSize(1);
        assertThat(backend.rows("SELECT * FROM audit WHERE action = 'audit.old'"))
                .isEmpty();
    }

    @Test
    void contentChecksAreKeptFor30Days() {
        check("new", "29 days 23 hours");
        check("old", "30 days 1 minute");
        sweepWhole();
        for (String table : new String[] {"content_checks", "content_verdicts"}) {
            assertThat(backend.rows("SELECT trace_id FROM " + table))
                    .as(table)
                    .singleElement()
                    .satisfies(row -> assertThat(row).containsEntry("trace_id", "new"));
        }
    }

    private static void sweepWhole() {
        sweep(1000);
    }

    private static void sweep(int most) {
        api.context()
                .getBeansOfType(Sweeper.class)
                .values()
                .forEach(sweeper -> sweeper.sweep(most).block());
    }

    private static void set(Tokens login, String column) {
        backend.execute("UPDATE sessions SET " + column + " WHERE user_id = '" + login.userId() + "'");
    }

    private static int sessions(Tokens login) {
        return backend.rows("SELECT id FROM sessions WHERE user_id = '" + login.userId() + "'")
                .size();
    }

    private static void audit(String action, String age) {
        backend.execute(
                "INSERT INTO audit (id, at, issuer, subject, roles, action, user_ids, revealed, trace_id, client_address)"
                        + " VALUES (gen_random_uuid(), now() - interval '" + age + "', 'i', 's', '{}', '" + action
                        + "', '{}', '{}', 't', 'a')");
    }

    private static void check(String name, String age) {
        String at = "now() - interval '" + age + "'";
        backend.execute("INSERT INTO content_checks (id, user_id, media, scene, url, trace_id, created_at)"
                + " VALUES (gen_random_uuid(), gen_random_uuid(), 'IMAGE', 'FORUM', '', '" + name + "', " + at + ")");
        backend.execute("INSERT INTO content_verdicts (trace_id, created_at) VALUES ('" + name + "', " + at + ")");
    }
}
