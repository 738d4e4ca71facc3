package io.miniplane.simulator.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PushesTest {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final String TOKEN = "SimulatedToken1";
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final WechatSimulator simulator = WechatSimulator.start(SimulatorOptions.trial());
    private final Pushes pushes = simulator.control().pushes();
    private final CallbackServer server = new CallbackServer();

    @AfterEach
    void stop() {
        simulator.close();
        server.close();
    }

    private PushCallback callback(PushMode mode) {
        return PushCallback.of(server.uri(), TOKEN, KEY, mode, PushFormat.JSON).delivering(3, Duration.ZERO);
    }

    private static PushOrder order(PushTemplate template) {
        return PushOrder.of(APP, template.message(APP, "oAlice", NOW));
    }

    private Push send(PushOrder order) {
        return pushes.send(order).join();
    }

    private static String parameter(CallbackServer.Letter letter, String name) {
        return new QueryStringDecoder("/?" + letter.query())
                .parameters()
                .getOrDefault(name, List.of(""))
                .getFirst();
    }

    @Test
    void a_callback_is_set_once_its_server_passes_the_url_check() {
        pushes.configure(APP, callback(PushMode.Safe)).join();
        assertThat(pushes.callback(APP)).isPresent();
        assertThat(send(order(PushTemplate.TEXT)).state()).isEqualTo(Push.State.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "%s\n", "\uFEFF%s", ""})
    void a_server_that_answers_more_or_less_than_the_echo_is_refused(String answer) {
        server.echo(answer::formatted);
        assertThatThrownBy(() -> pushes.configure(APP, callback(PushMode.Safe)).join())
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The URL check failed", "nothing but the echostr");
        assertThat(pushes.callback(APP)).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_refused() {
        PushCallback callback = callback(PushMode.Safe);
        server.close();
        assertThatThrownBy(() -> pushes.configure(APP, callback).join())
                .hasMessageContaining("Nothing listens at the address of the callback.");
    }

    @ParameterizedTest
    @CsvSource({"200, success, 1", "200, '', 1", "200, SUCCESS, 3", "200, ok, 3", "500, success, 3", "204, '', 3"})
    void success_or_an_empty_answer_ends_the_deliveries(int status, String answer, int deliveries) {
        pushes.configureUnchecked(APP, callback(PushMode.Safe));
        server.answer(status, body -> answer);
        Push push = send(order(PushTemplate.USER_ENTER_TEMPSESSION));
        assertThat(push.deliveries())
                .hasSize(deliveries)
                .extracting(Delivery::status)
                .containsOnly(status);
        assertThat(push.state()).isEqualTo(deliveries == 1 ? Push.State.ACCEPTED : Push.State.GIVEN_UP);
        assertThat(server.letters()).hasSize(deliveries);
        assertThat(pushes.last()).containsExactly(push);
    }

    @Test
    void a_push_is_delivered_again_until_it_is_taken() {
        pushes.configureUnchecked(APP, callback(PushMode.Safe).delivering(5, Duration.ofMillis(20)));
        AtomicInteger count = new AtomicInteger();
        server.answer(200, body -> count.incrementAndGet() < 3 ? "later" : "success");
        Push push = send(order(PushTemplate.TEXT));
        assertThat(push.deliveries()).extracting(Delivery::accepted).containsExactly(false, false, true);
        assertThat(push.deliveries()).extracting(Delivery::answer).containsExactly("later", "later", "success");
        assertThat(server.letters()).extracting(CallbackServer.Letter::query).doesNotHaveDuplicates();
    }

    @Test
    void an_answer_after_five_seconds_is_too_late() {
        pushes.configureUnchecked(APP, callback(PushMode.Plain).delivering(1, Duration.ZERO));
        server.answer(200, body -> {
            try {
                Thread.sleep(6000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return "success";
        });
        Delivery delivery = send(order(PushTemplate.TEXT)).deliveries().getFirst();
        assertThat(delivery.accepted()).isFalse();
        assertThat(delivery.problem()).isEqualTo("No answer came within 5 seconds.");
        assertThat(delivery.millis()).isBetween(4900L, 5900L);
    }

    @Test
    void duplicates_follow_an_accepted_delivery_byte_by_byte_when_wished() {
        pushes.configureUnchecked(APP, callback(PushMode.Safe));
        ObjectNode message = PushTemplate.TEXT.message(APP, "oAlice", NOW);
        assertThat(send(new PushOrder(APP, message, null, 2, true)).deliveries())
                .hasSize(3);
        assertThat(server.letters()).hasSize(3).containsOnly(server.letters().getFirst());
        assertThat(send(new PushOrder(APP, message, null, 1, false)).deliveries())
                .hasSize(2);
        assertThat(server.letters().subList(3, 5)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(PushMode.class)
    void a_wrong_signature_fits_no_token(PushMode mode) {
        pushes.configureUnchecked(APP, callback(mode));
        send(order(PushTemplate.TEXT).with(PushFault.WRONG_SIGNATURE));
        CallbackServer.Letter letter = server.letters().getFirst();
        assertThat(parameter(letter, "signature"))
                .isNotEqualTo(PushSignature.of(TOKEN, parameter(letter, "timestamp"), parameter(letter, "nonce")));
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_KEY", "WRONG_APP"})
    void a_wrong_cipher_is_signed_rightly_but_cannot_be_read(PushFault fault) {
        pushes.configureUnchecked(APP, callback(PushMode.Safe));
        send(order(PushTemplate.TEXT).with(fault));
        CallbackServer.Letter letter = server.letters().getFirst();
        String encrypted = letter.body().replaceAll(".*\"Encrypt\":\"([^\"]*)\".*", "$1");
        assertThat(parameter(letter, "msg_signature"))
                .isEqualTo(
                        PushSignature.of(TOKEN, parameter(letter, "timestamp"), parameter(letter, "nonce"), encrypted));
        assertThatThrownBy(() -> new PushCipher(KEY).decrypt(encrypted, APP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fault_of_the_cipher_needs_a_cipher() {
        pushes.configureUnchecked(APP, callback(PushMode.Plain));
        assertThatThrownBy(() -> pushes.send(order(PushTemplate.TEXT).with(PushFault.WRONG_KEY)))
                .hasMessageContaining("choose Safe or Compatible");
    }

    @Test
    void a_push_can_be_cut_stale_or_huge() {
        pushes.configureUnchecked(APP, callback(PushMode.Plain));
        String whole =
                PushTemplate.USER_ENTER_TEMPSESSION.message(APP, "oAlice", NOW).toString();
        send(order(PushTemplate.USER_ENTER_TEMPSESSION).with(PushFault.TRUNCATED));
        assertThat(whole).startsWith(server.letters().get(0).body());
        assertThat(server.letters().get(0).body()).hasSize(whole.length() / 2);
        send(order(PushTemplate.TEXT).with(PushFault.STALE));
        assertThat(Long.parseLong(parameter(server.letters().get(1), "timestamp")))
                .isBetween(Instant.now().getEpochSecond() - 3620, Instant.now().getEpochSecond() - 3590);
        send(order(PushTemplate.TEXT).with(PushFault.OVERSIZED));
        assertThat(server.letters().get(2).body()).hasSizeGreaterThan(2_000_000);
    }

    @Test
    void an_app_without_a_callback_gets_nothing() {
        assertThatThrownBy(() -> pushes.send(order(PushTemplate.TEXT))).hasMessageContaining("no push callback");
        pushes.configureUnchecked(APP, callback(PushMode.Safe));
        pushes.forget(APP);
        assertThatThrownBy(() -> pushes.sendAll(List.of(order(PushTemplate.TEXT)), false))
                .hasMessageContaining("no push callback");
    }

    @Test
    void ten_thousand_pushes_of_three_deliveries_go_to_two_replicas_in_another_order() {
        try (CallbackServer second = new CallbackServer()) {
            pushes.configureUnchecked(APP, callback(PushMode.Safe));
            pushes.spread(APP, List.of(server.uri(), second.uri()));
            List<PushOrder> orders = IntStream.range(0, 10_000)
                    .mapToObj(i -> PushOrder.of(APP, PushTemplate.TEXT.message(APP, "o" + i, NOW))
                            .duplicated(2))
                    .toList();
            PushSummary summary = pushes.sendAll(orders, true).join();
            assertThat(summary.pushes()).isEqualTo(10_000);
            assertThat(summary.accepted()).isEqualTo(10_000);
            assertThat(summary.deliveries()).isEqualTo(30_000);
            assertThat(server.letters().size() + second.letters().size()).isEqualTo(30_000);
            assertThat(second.letters()).hasSizeBetween(14_000, 16_000);
            assertThat(pushes.last()).hasSize(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(PushTemplate.class)
    void every_template_is_delivered_in_both_formats(PushTemplate template) {
        for (PushFormat format : PushFormat.values()) {
            pushes.configureUnchecked(APP, PushCallback.of(server.uri(), TOKEN, KEY, PushMode.Plain, format));
            Push push = send(order(template));
            assertThat(push.kind()).isEqualTo(template.text());
            assertThat(server.letters().getLast().contentType()).isEqualTo(format.contentType());
        }
        assertThat(server.letters().get(0).body()).startsWith("{\"ToUserName\":\"gh_0123456789ab\"");
        assertThat(server.letters().get(1).body()).startsWith("<xml><ToUserName><![CDATA[gh_0123456789ab]]>");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://x/y, SimulatedToken1, abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG, absolute",
        "http://x/y, ab, abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG, 3 to 32",
        "http://x/y, SimulatedToken1, short, exactly 43"
    })
    void a_malformed_callback_is_refused(URI url, String token, String key, String sentence) {
        assertThatThrownBy(() -> PushCallback.of(url, token, key, PushMode.Safe, PushFormat.JSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining(token);
    }

    @Test
    void a_callback_keeps_its_token_and_key_to_itself() {
        assertThat(callback(PushMode.Safe).toString()).doesNotContain(TOKEN, KEY);
    }
}
