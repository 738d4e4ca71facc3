package io.miniplane.server.payment.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.miniplane.server.wechat.MerchantPayments.Invitation;

/** The parameters of {@code wx.requestPayment}, by the names that it takes. */
record InvitationBody(
        String timeStamp,
        String nonceStr,
        @JsonProperty("package") String packageValue,
        String signType,
        String paySign) {

    static InvitationBody of(Invitation invitation) {
        return new InvitationBody(
                invitation.timeStamp(),
                invitation.nonceStr(),
                invitation.packageValue(),
                invitation.signType(),
                invitation.paySign());
    }

    @Override
    public String toString() {
        return "InvitationBody[redacted]";
    }
}
