package io.miniplane.simulator.page;

import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.pay.Merchant;
import io.miniplane.simulator.pay.Notice;
import io.miniplane.simulator.pay.PaymentControlApi;
import io.miniplane.simulator.pay.Trade;
import io.miniplane.simulator.push.PushApi;
import io.miniplane.simulator.world.OneTimeCodes;
import io.miniplane.simulator.world.PushMessage;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All that the page shows, in one answer and with nothing secret in it. */
final class StateView {

    private static final int USERS = 200;
    private static final int CODES = 50;
    private static final int CALLS = 100;
    private static final int PUSHES = 50;
    private static final int TRADES = 50;
    private static final int SHOWN_OF_A_CODE = 6;

    private final World world;
    private final Control control;

    StateView(World world, Control control) {
        this.world = world;
        this.control = control;
    }

    ObjectNode now() {
        ObjectNode state = Json.object()
                .put("now", world.clock().instant().toString())
                .put("aheadSeconds", world.clock().ahead().toSeconds());
        apps(state.putArray("apps"));
        List<User> users = world.users().all();
        state.put("userCount", users.size());
        last(users, USERS).forEach(user -> state.withArray("users").add(user(user)));
        ArrayNode codes = state.putArray("codes");
        codes("login", world.loginCodes(), codes);
        codes("phone", world.phoneCodes(), codes);
        RequestLog.Snapshot calls = control.requests();
        state.set("counts", Json.tree(calls.counts()));
        state.set("calls", Json.tree(last(calls.calls(), CALLS).reversed()));
        state.set(
                "pushes",
                Json.tree(control.pushes().last().stream().limit(PUSHES).toList()));
        trades(state.putArray("trades"));
        state.set("merchant", merchant());
        control.faults().forEach(fault -> state.withArray("faults").add(fault(fault)));
        return state;
    }

    private void apps(ArrayNode apps) {
        for (String appId : world.apps().all()) {
            ObjectNode app = apps.addObject().put("appId", appId).put("originalId", PushMessage.originalId(appId));
            control.pushes().callback(appId).ifPresent(callback -> app.set("push", PushApi.told(callback)));
        }
    }

    private ObjectNode merchant() {
        Merchant merchant = control.payments().merchant();
        return Json.object().put("merchantId", merchant.id()).put("certificateSerial", merchant.certificateSerial());
    }

    private void trades(ArrayNode shown) {
        List<Notice> notices = control.payments().notices();
        for (Trade trade : control.payments().all().stream().limit(TRADES).toList()) {
            ObjectNode told = PaymentControlApi.tell(trade);
            String transactionId = trade.transactionId();
            if (transactionId != null) {
                world.orders()
                        .find(transactionId)
                        .ifPresent(order -> told.put("shipping", order.state().name()));
            }
            told.set(
                    "notices",
                    Json.tree(notices.stream()
                            .filter(notice ->
                                    notice.outTradeNo().equals(trade.prepay().outTradeNo()))
                            .toList()));
            shown.add(told);
        }
    }

    private ObjectNode user(User user) {
        ObjectNode shown = Json.object()
                .put("openId", user.openId())
                .put("unionId", user.unionId())
                .put("nickname", user.profile().nickname())
                .put("gender", user.profile().gender())
                .put("phone", user.phoneNumber().masked())
                .put("countryCode", user.phoneNumber().countryCode())
                .put("highRisk", user.highRisk());
        ObjectNode sessions = shown.putObject("sessions");
        for (String appId : world.apps().all()) {
            boolean live = control.liveSessionKey(appId, user.openId()).isPresent();
            boolean dead = control.deadSessionKey(appId, user.openId()).isPresent();
            if (live || dead) {
                sessions.put(appId, live ? "live" : "expired");
            }
        }
        return shown;
    }

    private void codes(String kind, OneTimeCodes codes, ArrayNode shown) {
        Instant now = world.clock().instant();
        last(List.copyOf(codes.all().entrySet()), CODES).reversed().forEach(entry -> {
            OneTimeCodes.Ticket ticket = entry.getValue();
            String unused = now.isBefore(ticket.expiresAt()) ? "unused" : "expired";
            shown.addObject()
                    .put("kind", kind)
                    .put("start", entry.getKey().substring(0, SHOWN_OF_A_CODE))
                    .put("appId", ticket.appId())
                    .put("openId", ticket.openId())
                    .put("state", ticket.used() ? "used" : unused)
                    .put("expiresAt", ticket.expiresAt().toString());
        });
    }

    private static ObjectNode fault(Fault fault) {
        String detail =
                switch (fault.effect()) {
                    case Effect.Latency late -> late.delay().toMillis() + " ms";
                    case Effect.Errcode error -> Integer.toString(error.code());
                    case Effect.Disconnect disconnect ->
                        disconnect.afterwards() ? "after the effect" : "before the effect";
                    case Effect.Garbage garbage -> "";
                    case Effect.Failure failure -> failure.status() + " " + failure.code();
                    case Effect.Status status -> Integer.toString(status.status());
                };
        return Json.object()
                .put("path", fault.path())
                .put("kind", fault.effect().kind())
                .put("detail", detail)
                .put("times", fault.times());
    }

    private static <T> List<T> last(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
