package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.world.TokenVerdict;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TokenApiTest {

    private final SimulatorClient wechat = new SimulatorClient();
    private final Control control = wechat.simulator().control();

    @AfterEach
    void stop() {
        wechat.close();
    }

    private static String value(JsonNode reply) {
        return reply.path("access_token").stringValue();
    }

    @Test
    void the_classic_endpoint_always_issues_and_the_old_token_works_five_minutes_more() throws IOException {
        String first = value(wechat.classicToken());
        String second = value(wechat.classicToken());
        assertThat(second).isNotEqualTo(first);
        control.advance(Duration.ofSeconds(290));
        assertThat(wechat.verdict(first)).isZero();
        control.advance(Duration.ofSeconds(10));
        assertThat(wechat.verdict(first)).isEqualTo(40001);
        assertThat(wechat.verdict(second)).isZero();
    }

    @Test
    void a_token_lives_two_hours() throws IOException {
        JsonNode reply = wechat.stableToken(false);
        assertThat(reply.path("expires_in").intValue()).isEqualTo(7200);
        control.advance(Duration.ofSeconds(7195));
        assertThat(wechat.verdict(value(reply))).isZero();
        control.advance(Duration.ofSeconds(5));
        assertThat(wechat.verdict(value(reply))).isEqualTo(42001);
    }

    @Test
    void the_stable_endpoint_repeats_its_token_with_the_seconds_that_remain() throws IOException {
        String first = value(wechat.stableToken(false));
        control.advance(Duration.ofSeconds(6800));
        JsonNode again = wechat.stableToken(false);
        assertThat(value(again)).isEqualTo(first);
        assertThat(again.path("expires_in").intValue()).isBetween(390, 400);
    }

    @Test
    void in_its_last_five_minutes_the_stable_token_is_renewed_and_both_work_five_minutes() throws IOException {
        String first = value(wechat.stableToken(false));
        control.advance(Duration.ofSeconds(6901));
        JsonNode renewed = wechat.stableToken(false);
        assertThat(value(renewed)).isNotEqualTo(first);
        assertThat(renewed.path("expires_in").intValue()).isEqualTo(7200);
        control.advance(Duration.ofSeconds(290));
        assertThat(wechat.verdict(first)).isZero();
        assertThat(wechat.verdict(value(renewed))).isZero();
        control.advance(Duration.ofSeconds(10));
        assertThat(wechat.verdict(first)).isEqualTo(40001);
    }

    @Test
    void a_forced_refresh_kills_the_token_before() throws IOException {
        String first = value(wechat.stableToken(false));
        String forced = value(wechat.stableToken(true));
        assertThat(forced).isNotEqualTo(first);
        assertThat(wechat.verdict(first)).isEqualTo(40001);
        assertThat(wechat.verdict(forced)).isZero();
        assertThat(value(wechat.stableToken(false))).isEqualTo(forced);
    }

    @Test
    void a_forced_refresh_within_thirty_seconds_of_another_changes_nothing() throws IOException {
        String first = value(wechat.stableToken(true));
        control.advance(Duration.ofSeconds(25));
        assertThat(value(wechat.stableToken(true))).isEqualTo(first);
        control.advance(Duration.ofSeconds(5));
        assertThat(value(wechat.stableToken(true))).isNotEqualTo(first);
    }

    @Test
    void the_twenty_first_forced_refresh_of_a_day_is_over_the_quota() throws IOException {
        startADay();
        for (int i = 0; i < 20; i++) {
            assertThat(wechat.stableToken(true).has("access_token")).isTrue();
            control.advance(Duration.ofSeconds(30));
        }
        assertThat(wechat.stableToken(true).path("errcode").intValue()).isEqualTo(45009);
        assertThat(wechat.stableToken(false).has("access_token")).isTrue();
        control.advance(Duration.ofDays(1));
        assertThat(wechat.stableToken(true).has("access_token")).isTrue();
    }

    @Test
    void the_two_endpoints_know_nothing_of_each_other() throws IOException {
        String stable = value(wechat.stableToken(false));
        String classic = value(wechat.classicToken());
        wechat.classicToken();
        wechat.stableToken(true);
        assertThat(wechat.verdict(classic)).isZero();
        assertThat(wechat.verdict(stable)).isEqualTo(40001);
    }

    @Test
    void tokens_that_were_never_issued_are_told_apart_by_their_shape() throws IOException {
        assertThat(wechat.verdict("12_" + "a".repeat(133))).isEqualTo(40001);
        assertThat(wechat.verdict("nonsense")).isEqualTo(40014);
    }

    @Test
    void tokens_expire_on_command() throws IOException {
        String token = value(wechat.stableToken(false));
        control.expireTokens();
        assertThat(wechat.verdict(token)).isEqualTo(42001);
        assertThat(wechat.verdict(value(wechat.stableToken(false)))).isZero();
    }

    @Test
    void a_dead_token_is_handed_out_until_a_forced_refresh_when_told_so() throws IOException {
        String token = value(wechat.stableToken(false));
        control.endTokens(TokenVerdict.NOT_NEWEST, true);
        assertThat(value(wechat.stableToken(false))).isEqualTo(token);
        assertThat(wechat.verdict(token)).isEqualTo(40001);
        assertThat(wechat.verdict(value(wechat.stableToken(true)))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "appid, '', 41002",
        "secret, '', 41004",
        "grant_type, authorization_code, 40002",
        "appid, wx0000000000000000, 40013",
        "secret, 00000000000000000000000000000000, 40125"
    })
    void a_wrong_parameter_has_its_own_error_code(String name, String value, int errcode) throws IOException {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "grant_type", "client_credential", "appid", SimulatorClient.APP, "secret", SimulatorClient.SECRET));
        parameters.put(name, value);
        assertThat(wechat.errcode("GET", "/cgi-bin/token" + SimulatorClient.query(parameters), ""))
                .isEqualTo(errcode);
        String body = "{\"grant_type\":\"%s\",\"appid\":\"%s\",\"secret\":\"%s\"}"
                .formatted(parameters.get("grant_type"), parameters.get("appid"), parameters.get("secret"));
        assertThat(wechat.errcode("POST", "/cgi-bin/stable_token", body)).isEqualTo(errcode);
    }

    @ParameterizedTest
    @CsvSource({"GET, '', 43002", "POST, '', 44002", "POST, '{', 47001", "POST, '[1]', 47001"})
    void a_stable_token_is_asked_for_by_a_post_of_json(String method, String body, int errcode) throws IOException {
        assertThat(wechat.errcode(method, "/cgi-bin/stable_token", body)).isEqualTo(errcode);
    }

    /** Twenty refreshes take ten minutes: they must not straddle midnight in Beijing, which is 16:00 UTC. */
    private void startADay() {
        long second = Math.floorMod(control.clock().instant().getEpochSecond() + 8 * 3600, 86400);
        control.advance(Duration.ofSeconds(86400 - second + 60));
    }
}
