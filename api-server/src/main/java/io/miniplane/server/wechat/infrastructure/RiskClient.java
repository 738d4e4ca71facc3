package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.RiskRanks;
import io.miniplane.server.wechat.WechatFailure;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Learns how risky a user is by WeChat's {@code getuserriskrank}. */
final class RiskClient implements RiskRanks {

    private static final int HIGHEST = 4;

    private final AuthorisedCalls calls;
    private final String appId;

    RiskClient(AuthorisedCalls calls, String appId) {
        this.calls = calls;
        this.appId = appId;
    }

    @Override
    public Mono<Integer> rank(Question question) {
        Fields body = Fields.with("appid", appId)
                .and("openid", question.openId())
                .and("scene", question.scene().number())
                .and("client_ip", question.clientIp())
                .and("mobile_no", question.mobileNumber())
                .and("email_address", question.emailAddress())
                .and("extended_info", question.extendedInfo())
                .and("is_test", question.test() ? true : null);
        return calls.send(WechatCall.post(Endpoint.GETUSERRISKRANK, body.map(), RiskClient::failure), RiskClient::rank);
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            case 61080, 61081, 9410009 -> new WechatFailure.NotAuthorised(errcode);
            default -> Errcodes.failure(errcode);
        };
    }

    private static int rank(JsonNode reply) {
        long rank = Answers.number(reply, "risk_rank");
        if (rank < 0 || rank > HIGHEST) {
            throw Answers.missing("risk_rank");
        }
        return (int) rank;
    }
}
