package io.miniplane.server.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.order.CancelReason;
import io.miniplane.server.order.OrderEvent;
import io.miniplane.server.order.OrderEvents;
import io.miniplane.server.order.OrderId;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.events.EventHandlers;
import io.miniplane.server.platform.events.Outbox;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.world.SentMessages.SentMessage;
import io.miniplane.simulator.world.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an event of an order to the message on the buyer's phone. */
class NotificationsIT {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final String SEND = "/cgi-bin/message/subscribe/send";
    private static final String COUNTER = "miniplane_notifications_total";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TEMPLATES = "--miniplane.notifications.templates.";
    private static final String[] SETTINGS = {
        TEMPLATES + "paid.id=paid-template",
        TEMPLATES + "paid.page=pages/order?id={order}",
        TEMPLATES + "paid.keywords.character_string1={number}",
        TEMPLATES + "paid.keywords.amount2={amount}",
        TEMPLATES + "cancelled.id=cancelled-template",
        TEMPLATES + "cancelled.keywords.phrase1={reason}",
        TEMPLATES + "refunded.id=nobody-has-it",
        TEMPLATES + "refunded.keywords.amount1={amount}",
        "--miniplane.events.first-retry=100ms",
        "--miniplane.events.poll=200ms"
    };

    private Backend backend;
    private Api server;
    private String openId;
    private Api.Tokens session;
    private UserId buyer;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        server = backend.startServer(SETTINGS);
        openId = backend.newOpenId();
        session = server.logIn(backend.loginCode(openId));
        buyer = new UserId(UUID.fromString(session.userId()));
        template("paid-template", "character_string1", "amount2");
        template("cancelled-template", "phrase1");
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private void template(String id, String... keywords) {
        List<Template.Field> fields = List.of(keywords).stream()
                .map(keyword -> new Template.Field(keyword, keyword, "", List.of()))
                .toList();
        backend.simulator().control().messages().putTemplate(APP, new Template(id, id, false, fields));
    }

    private void accept(String template) {
        backend.simulator().control().messages().accept(APP, openId, template);
    }

    private List<SentMessage> sent() {
        return backend.simulator().control().messages().sent();
    }

    private DomainEvent happened(OrderEvent event) {
        DomainEvent written = OrderEvents.write(event);
        server.context().getBean(Outbox.class).write(written).block(PATIENCE);
        return written;
    }

    private OrderEvent paid() {
        return new OrderEvent.Paid(new OrderId(DomainEvent.newId()), buyer, new Fen(990), "4200000001");
    }

    private void awaitCounted(String outcome) {
        await().atMost(PATIENCE).until(() -> server.counted(COUNTER, outcome) >= 1);
    }

    @Test
    void aBuyerWhoAgreedIsToldOnce() {
        accept("paid-template");
        OrderEvent paid = paid();
        happened(paid);
        awaitCounted("sent");
        assertThat(sent()).singleElement().satisfies(message -> {
            assertThat(message.openId()).isEqualTo(openId);
            assertThat(message.content().at("/data/amount2/value").stringValue())
                    .isEqualTo("¥9.90");
            assertThat(message.content().at("/data/character_string1/value").stringValue())
                    .isEqualTo(paid.order().toString().replace("-", ""));
            assertThat(message.content().path("page").stringValue()).isEqualTo("pages/order?id=" + paid.order());
        });
    }

    @Test
    void aBuyerWhoAgreedToNothingIsNotAskedAgain() {
        happened(new OrderEvent.Cancelled(new OrderId(DomainEvent.newId()), buyer, CancelReason.UNPAID, Fen.ZERO));
        awaitCounted("refused");
        assertThat(server.counted(COUNTER, "postponed")).isZero();
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM queue_messages").isEmpty());
        assertThat(sent()).isEmpty();
    }

    @Test
    void aBuyerIsToldOnceAlthoughTheEventComesAgain() {
        accept("paid-template");
        accept("paid-template");
        DomainEvent event = happened(paid());
        awaitCounted("sent");
        server.context()
                .getBean("notificationHandlers", EventHandlers.class)
                .handlers()
                .getFirst()
                .handle(event)
                .block(PATIENCE);
        assertThat(server.counted(COUNTER, "unclear")).isEqualTo(1);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aBusyWechatIsAskedAgainAndNothingIsLost() {
        accept("paid-template");
        backend.simulator().control().inject(Fault.times(5, SEND, new Effect.Errcode(-1, "system error")));
        happened(paid());
        awaitCounted("sent");
        assertThat(server.counted(COUNTER, "postponed")).isPositive();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void anAnswerThatGetsLostDoesNotMakeASecondMessage() {
        accept("paid-template");
        accept("paid-template");
        backend.simulator().control().inject(Fault.times(1, SEND, new Effect.Disconnect(true)));
        happened(paid());
        awaitCounted("unclear");
        await().atMost(PATIENCE)
                .until(() -> backend.rows("SELECT * FROM queue_messages").isEmpty());
        assertThat(sent()).hasSize(1);
    }

    @Test
    void aTemplateThatThereIsNotIsADeadLetterThatSaysWhatToChange() {
        happened(new OrderEvent.Refunded(new OrderId(DomainEvent.newId()), buyer, new Fen(990)));
        awaitCounted("misconfigured");
        await().atMost(PATIENCE)
                .until(() -> !backend.rows("SELECT * FROM queue_messages WHERE dead_at IS NOT NULL")
                        .isEmpty());
        assertThat(backend.rows("SELECT attempts, last_error FROM queue_messages"))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter).containsEntry("attempts", 1);
                    assertThat((String) letter.get("last_error"))
                            .contains("miniplane.notifications.templates.refunded", "correct its id", "40037")
                            .doesNotContain(openId);
                });
    }

    @Test
    void nobodyIsToldOfAnAccountThatIsGone() {
        accept("paid-template");
        assertThat(server.call("DELETE", Api.ME, session.token(), null).status())
                .isEqualTo(200);
        happened(paid());
        awaitCounted("unreachable");
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatHasNoTemplateIsToldToNobody() {
        happened(new OrderEvent.Confirmed(new OrderId(DomainEvent.newId()), buyer, new Fen(990)));
        accept("paid-template");
        happened(paid());
        awaitCounted("sent");
        assertThat(sent()).hasSize(1);
        assertThat(backend.rows("SELECT type FROM event_subscriptions WHERE queue = 'notifications.buyers'"))
                .extracting(row -> row.get("type"))
                .containsExactlyInAnyOrder(OrderEvents.PAID, OrderEvents.CANCELLED, OrderEvents.REFUNDED);
    }
}
