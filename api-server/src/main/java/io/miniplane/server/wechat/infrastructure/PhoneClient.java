package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PhoneNumber;
import io.miniplane.server.wechat.WechatFailure;
import io.miniplane.server.wechat.WechatPhone;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Learns phone numbers by WeChat's {@code getuserphonenumber}. */
final class PhoneClient implements WechatPhone {

    private final AuthorisedCalls calls;
    private final String appId;

    PhoneClient(AuthorisedCalls calls, String appId) {
        this.calls = calls;
        this.appId = appId;
    }

    @Override
    public Mono<PhoneNumber> exchange(String phoneCode, String openId) {
        return Mono.defer(() -> {
            Codes.check(phoneCode);
            return calls.send(call(phoneCode, openId), this::number);
        });
    }

    private static WechatCall call(String phoneCode, String openId) {
        return WechatCall.post(
                Endpoint.GETUSERPHONENUMBER,
                Fields.with("code", phoneCode).and("openid", openId).map(),
                PhoneClient::failure);
    }

    private static WechatFailure failure(int errcode) {
        return switch (errcode) {
            // Nothing here names our app, so a wrong app or user is one of the code's.
            case 40029, 40013, 40003 -> new WechatFailure.CodeRejected(errcode);
            default -> Errcodes.failure(errcode);
        };
    }

    private PhoneNumber number(JsonNode reply) {
        JsonNode info = reply.path("phone_info");
        String number = info.path("purePhoneNumber").asString("");
        String countryCode = info.path("countryCode").asString("");
        if (number.isEmpty() || countryCode.isEmpty()) {
            throw new WechatFailure.Unintelligible("WeChat's answer has no purePhoneNumber or countryCode");
        }
        if (!info.path("watermark").path("appid").asString("").equals(appId)) {
            throw new WechatFailure.Unintelligible("WeChat's answer has the watermark of another app");
        }
        (info.path("countryCode").isNumber() ? Reading.COUNTRY_CODE_AS_NUMBER : Reading.COUNTRY_CODE_AS_TEXT).met();
        return new PhoneNumber(countryCode, number);
    }
}
