package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.PaidUnionIds;
import io.miniplane.server.wechat.WechatFailure;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Learns the unionId of who paid by WeChat's {@code getpaidunionid}. */
final class UnionIdClient implements PaidUnionIds {

    private final AuthorisedCalls calls;

    UnionIdClient(AuthorisedCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<String> of(String openId, OrderName order) {
        WechatCall call = WechatCall.get(Endpoint.GETPAIDUNIONID, query(order), UnionIdClient::failure)
                .with("openid", openId);
        return calls.send(call, reply -> Answers.text(reply, "unionid"));
    }

    private static Map<String, String> query(OrderName order) {
        return switch (order) {
            case OrderName.Transaction(var id) -> Map.of("transaction_id", id);
            case OrderName.Trade(var merchant, var number) -> Map.of("mch_id", merchant, "out_trade_no", number);
        };
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 89002 -> new WechatFailure.NoUnionId(errcode);
            case 89300 -> new WechatFailure.NothingThere(errcode, null);
            default -> Errcodes.failure(errcode);
        };
    }
}
