package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.User;
import io.miniplane.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Who a payer is, and whether encrypted data is WeChat's own. */
public final class UserApi implements ApiFamily {

    private static final Duration AFTER_PAYMENT = Duration.ofMinutes(5);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final World world;
    private final Gate gate;

    /** Users of this world. */
    public UserApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.get(routes, "/wxa/getpaidunionid", this::unionIdOfPayer);
        gate.post(routes, "/wxa/business/checkencryptedmsg", this::origin);
    }

    private Reply unionIdOfPayer(AppCall call) {
        User user = world.users()
                .find(call.call().query("openid", ErrCode.INVALID_OPENID))
                .orElseThrow(() -> new Refusal(ErrCode.INVALID_OPENID));
        PaidOrder order = order(call.call())
                .filter(found -> found.appId().equals(call.appId()))
                .filter(found -> found.openId().equals(user.openId()))
                .orElseThrow(() -> new Refusal(ErrCode.ORDER_UNKNOWN));
        if (order.paidAt().isBefore(world.clock().instant().minus(AFTER_PAYMENT))) {
            throw new Refusal(ErrCode.ORDER_UNKNOWN);
        }
        String unionId = Optional.ofNullable(user.unionId()).orElseThrow(() -> new Refusal(ErrCode.NO_UNION_ID));
        return Reply.ok(Json.ok().put("unionid", unionId));
    }

    private Optional<PaidOrder> order(Call call) {
        String transactionId = call.query().getOrDefault("transaction_id", "");
        return transactionId.isEmpty()
                ? world.orders()
                        .find(
                                call.query("mch_id", ErrCode.ORDER_UNKNOWN),
                                call.query("out_trade_no", ErrCode.ORDER_UNKNOWN))
                : world.orders().find(transactionId);
    }

    private Reply origin(AppCall call) {
        String hash = Call.text(call.json(), "encrypted_msg_hash", ErrCode.INVALID_ARGUMENTS)
                .toLowerCase(Locale.ROOT);
        if (!HASH.matcher(hash).matches()) {
            throw new Refusal(ErrCode.INVALID_ARGUMENTS);
        }
        Optional<Instant> madeAt = world.encryptedMessages().madeAt(call.appId(), hash);
        ObjectNode reply = Json.ok().put("vaild", madeAt.isPresent());
        madeAt.ifPresent(at -> reply.put("create_time", at.getEpochSecond()));
        return Reply.ok(reply);
    }
}
